"""`manage.py check_proposal ID|FILE`: the readiness check of a proposal of this portal, or of any file it can read."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.document import Document
from documents.form import Form
from documents.reader import MOST_BYTES, Doubt, NotAProposal, read_in_its_language
from proposals.checking import check, registers
from proposals.models import Proposal
from proposals.sections import form
from readiness.check import findings_beside
from readiness.finding import Finding, Severity
from readiness.offices import names_field_office

CANNOT_BE_CHECKED = 2


class Command(BaseCommand):
    """Says what a careful reader would find; exit status 1 if a blocker stands, 2 if nothing could be checked."""

    help = "Check a proposal, by its id or as a file (text, PDF, or this portal's JSON); exit status 1 if a blocker stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="ID|FILE", help="a proposal's id, or a file; a file is not kept")
        parser.add_argument("--json", action="store_true", help="say it as JSON")
        parser.add_argument("--language", choices=dict(Proposal.LANGUAGES), default="", help="of a file that does not show it")
        parser.add_argument(
            "--field-post", action="store_true", help="check a file as one for a field post, also if its office is none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"]
        is_id = what.isascii() and what.isdigit() and not Path(what).exists()
        document, doubts = (_stored(int(what)), ()) if is_id else _read(Path(what), options["language"], options["field_post"])
        found = check(document)
        beside = [finding for doubt in doubts for finding in _in_doubt(doubt, document.form)]
        if options["json"]:
            said = [finding.to_json() for finding in (*found, *beside)]
            self.stdout.write(json.dumps({"findings": said}, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines((*found, *beside), document.form)))
        if any(finding.severity is Severity.BLOCKER for finding in (*found, *beside)):
            sys.exit(1)


def _stored(pk: int) -> Document:
    """The newest text of a proposal: the live one while it is written, else the newest version."""
    proposal = Proposal.objects.whole().filter(pk=pk).first()
    if proposal is None:
        raise CommandError(f"There is no proposal {pk}.", returncode=CANNOT_BE_CHECKED)
    return proposal.newest(for_author=True) or proposal.document()


def _read(path: Path, language: str, field_post: bool) -> tuple[Document, tuple[Doubt, ...]]:
    """The document that a file holds, and the reader's doubts."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        reading = read_in_its_language(data, [form(code) for code in dict(Proposal.LANGUAGES)], language, path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.", returncode=CANNOT_BE_CHECKED) from error
    except NotAProposal as error:
        raise CommandError(f"{path.name}: {error}", returncode=CANNOT_BE_CHECKED) from error
    known = reading.language if reading.language in dict(Proposal.LANGUAGES) else "en"
    in_the_field = field_post or names_field_office(reading.boxes["department"])
    return Document(form(known), reading.boxes, field_post=in_the_field), reading.doubts


def _in_doubt(doubt: Doubt, paper_form: Form) -> tuple[Finding, ...]:
    """What stands in a text that found no box: guidance and placeholders go there as well. Labels are nobody's text."""
    return () if doubt.aside else findings_beside(doubt.text, doubt.box, paper_form, registers())


def _lines(found: tuple[Finding, ...], paper_form: Form) -> list[str]:
    """The findings for a person to read, section by section, and how many there are."""
    lines, section = [], None
    for finding in found:
        if finding.section != section:
            section = finding.section
            lines.append(paper_form.section(section).heading if section else "Text that found no box")
        box = paper_form.boxes.get(finding.box)
        lines.append(f"  {finding.severity.word:8} {finding.rule}  {box.title if box else '–'}: {finding.sentence}")
        lines += [f"           “{_short(finding.quote)}”"] if finding.quote else []
    counted = [(kind, sum(finding.severity is kind for finding in found)) for kind in Severity]
    return [*lines, ", ".join(f"{count} {kind.word.lower()}{'' if count == 1 else 's'}" for kind, count in counted) + "."]


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= 100 else f"{line[:99]}…"
