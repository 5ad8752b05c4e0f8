"""`manage.py export_proposal ID --as pdf|json|text -o FILE`: a proposal as a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.document import Document
from documents.paper import Edition, paper
from documents.plain import as_text
from documents.press import CannotPrint, press
from proposals.models import Proposal
from workflow.printing import newest, pdf


class Command(BaseCommand):
    """Writes the newest version; before the first submission (or with --draft) the draft as it stands, marked so."""

    help = "Write a proposal to a file: its newest version, or the draft as it stands, marked so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int)
        parser.add_argument("--as", dest="shape", choices=("pdf", "json", "text"), default="pdf")
        parser.add_argument("-o", dest="file", type=Path, required=True, metavar="FILE")
        parser.add_argument("--draft", action="store_true", help="the text as it stands now, even if a version is frozen")

    def handle(self, *args: Any, **options: Any) -> None:
        proposal = Proposal.objects.whole().filter(pk=options["id"]).first()
        if not proposal:
            raise CommandError(f"There is no proposal {options['id']}.")
        try:
            content = _content(proposal, options["shape"], options["draft"] or not proposal.version)
            options["file"].write_bytes(content)
        except CannotPrint as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{options['file']}: {_said(proposal, options['draft'])}")


def _content(proposal: Proposal, shape: str, draft: bool) -> bytes:
    if shape == "pdf" and proposal.version and not draft:
        rendition = newest(proposal.version.renditions.all())
        assert rendition  # what freezes a version makes its PDF due
        return pdf(rendition)
    document = proposal.document() if draft or not proposal.version else proposal.version.document
    match shape:
        case "pdf":
            return press(paper(document, kind=Edition.DRAFT), attachment=document.text())
        case "json":
            return (json.dumps(document.to_json() | {"draft": draft}, ensure_ascii=False, indent=1) + "\n").encode()
        case _:
            return as_text(document, mark=_mark(document) if draft else "").encode()


def _mark(document: Document) -> str:
    return document.form.words["draft_mark"]


def _said(proposal: Proposal, draft: bool) -> str:
    return f"version {proposal.version.number}" if proposal.version and not draft else "the draft as it stands"
