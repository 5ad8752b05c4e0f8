"""`manage.py import_proposal FILE --author E --office CODE`: an old proposal becomes a draft."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.reader import NotAProposal, Reading, read
from organisation.models import Office, User
from proposals.models import Proposal
from proposals.sections import form
from proposals.writing import begin


class Command(BaseCommand):
    """Reads a text proposal, or the portal's own JSON, and prints what went into which box."""

    help = "Make a draft of an old proposal (text, or this portal's JSON); prints its boxes and the reader's doubts as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--author", required=True, metavar="E", help="the author's e-mail address")
        parser.add_argument("--office", required=True, metavar="CODE", help="the office's acronym, as CO-Jakarta")
        parser.add_argument(
            "--language", choices=dict(Proposal.LANGUAGES), default="en", help="of a text file; JSON says its own"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        author = _one(User, "nobody here has the e-mail address", email=options["author"].lower())
        office = _one(Office, "there is no office", code=options["office"])
        reading = _read(options["file"], options["language"])
        doubts = [(doubt.box, doubt.text, doubt.why) for doubt in reading.doubts]
        proposal = begin(author, office, reading.language, reading.boxes, doubts)
        said = {
            "id": proposal.pk,
            "boxes": dict(proposal.document().answers),
            "doubts": [{"box": box, "text": text, "why": why} for box, text, why in doubts],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))


def _read(path: Path, language: str) -> Reading:
    try:
        return read(path.read_bytes(), form(language), path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
    except NotAProposal as error:
        raise CommandError(f"{path.name}: {error}") from error


def _one(model: Any, otherwise: str, **by: str) -> Any:
    found = model.objects.filter(**by).first()
    if not found:
        raise CommandError(f"{', '.join(by.values())}: {otherwise} like this.")
    return found
