"""`manage.py import_proposal FILE --author E --office CODE`: an old proposal becomes a draft."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.reader import MOST_BYTES, NotAProposal
from organisation.models import Office, User
from proposals.models import Proposal
from proposals.writing import begin_from_file


class Command(BaseCommand):
    """Reads a proposal (text, PDF, or the portal's own JSON) and prints what went into which box."""

    help = "Make a draft of an old proposal (text, PDF, or this portal's JSON); prints its boxes and the reader's doubts as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--author", required=True, metavar="E", help="the author's e-mail address")
        parser.add_argument("--office", required=True, metavar="CODE", help="the office's acronym, as CO-Jakarta")
        parser.add_argument(
            "--language", choices=dict(Proposal.LANGUAGES), default="", help="of the text, where the file does not show it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        author = _one(User, "Nobody here has the e-mail address", email=options["author"].strip().lower())
        office = _one(Office, "There is no office", code=options["office"].strip())
        proposal = _begun(author, office, options["file"], options["language"])
        said = {
            "id": proposal.pk,
            "boxes": dict(proposal.document().answers),
            "doubts": list(proposal.doubts.order_by("pk").values("box", "text", "why")),
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))


def _begun(author: User, office: Office, path: Path, language: str) -> Proposal:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        return begin_from_file(author, office, data, path.name, language)
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
    except NotAProposal as error:
        raise CommandError(f"{path.name}: {error}") from error


def _one(model: Any, otherwise: str, **by: str) -> Any:
    found = model.objects.filter(**by).first()
    if not found:
        raise CommandError(f"{otherwise} “{', '.join(by.values())}”.")
    return found
