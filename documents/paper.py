"""The paper: a document, its decisions and its issue as the HTML that the press prints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from documents import prose, signs
from documents.document import Document
from documents.form import Box, Kind, OnPaper, Section

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ENGINE = Engine(dirs=[str(TEMPLATES)])

SHORT_DIGEST = 12  # enough to tell two texts apart by eye; the whole digest is in the portal
HEAD_WORDS, LONGEST_HEAD = 7, 72  # a head that is longer reads like a sentence that somebody forgot to tag
DAYS = {"es": "{day} de {month} de {year}"}  # how a language writes a day, where not "5 May 2025"

WORDS = {
    "post_number": "Post number",
    "month_of_issue": "Month of issue",
    "year": "Year",
    "page": "Page",
    "of": "of",
    "draft_mark": "Draft – not for publication",
    "decisions": "Decisions",
    "stage": "Stage",
    "name": "Name",
    "decision": "Decision",
    "date": "Date",
    "version": "Version",
    "text_digest": "Text digest",
    "acting_for": "acting for",
    "check_code": "Check code",
    "check_at": "Whether this is the endorsed text, unchanged:",
    "months": "January, February, March, April, May, June, July, August, September, October, November, December",
}
"""The fixed words of the paper, where the form does not say them itself."""


class Edition(StrEnum):
    """What the paper is printed for."""

    DRAFT = "draft"
    SUBMISSION = "submission"
    ISSUED = "issued"
    PUBLIC = "public"
    """For donors and the public: without the decisions, and without a supervisor who has not agreed to be named."""


@dataclass(frozen=True)
class Decision:
    """One line of the table of decisions, in words; `on` is a date and time in ISO 8601."""

    stage: str
    name: str
    office_role: str
    decision: str
    on: str
    version: int | str
    digest: str
    acting_for: str = ""


@dataclass(frozen=True)
class Issued:
    """What the JPO unit gave when it issued the post; `month` is the month's name, as printed."""

    number: str
    month: str
    year: int | str


@dataclass(frozen=True)
class Check:
    """How anybody finds out whether a paper is the endorsed text: its code, and the page that says so."""

    code: str
    address: str

    @property
    def spaced(self) -> str:
        """The code as it is printed and read out: "K7QM2-XRF9D"."""
        return f"{self.code[:5]}-{self.code[5:]}"


@dataclass(frozen=True)
class Shown:
    """A filled box as a template shows it: `{% include shown.partial with answer=shown.answer %}`."""

    name: str
    label: str
    lead: str
    partial: str
    answer: str


@dataclass(frozen=True)
class Part:
    """Neighbouring boxes that are laid out together: rows, one line, a group of pairs, or prose."""

    partial: str
    heading: str
    boxes: tuple[Shown, ...]


def paper(
    document: Document,
    *,
    kind: Edition,
    version: int | str | None = None,
    decisions: Sequence[Decision] = (),
    issued: Issued | None = None,
    check: Check | None = None,
    state: str = "",
    dated: str = "",
) -> str:
    """The paper as HTML, from the document with its frozen wording, the decisions and the issue alone.

    Args:
        document: what is printed.
        kind: a marked preview of a draft, what is submitted, what is issued, or what donors get.
        version: the version's number, named in the footer.
        decisions: the lines of the table of decisions, in order; no table without any, nor for donors.
        issued: post number, month and year; the block is left out without them.
        check: the code and address at its end; none on a draft.
        state: where the proposal stands, for the file's metadata.
        dated: ISO date and time of this paper, for its metadata; the last decision's if not given.
    """
    words = WORDS | document.form.words
    if kind is Edition.PUBLIC:
        document, decisions = document.for_donors(), ()
    context = {
        "kind": str(kind),
        "issued": issued and {"number": str(issued.number), "month": issued.month, "year": str(issued.year)},
        "title": _title(document, kind, issued, words),
        "reference": _reference(document, issued),
        "footer": _footer(document, kind, version, check, dated, words),
        "decisions": [_line(decision, document.form.language, words) for decision in decisions],
        "check": check,
        "said": {
            "postNumber": str(issued.number) if issued else "",
            "state": state or str(kind),
            "contentSha256": document.answers_digest(),
        },
        "created": _utc(decisions[0].on) if decisions else _utc(dated),
        "modified": _utc(dated) or (_utc(decisions[-1].on) if decisions else ""),
    }
    return _rendered("paper", document, document.form.sections, context)


def sheet(document: Document, section: Section | None = None, *, dated: str = "") -> SafeString:
    """A draft as a screen shows it: what its paper says, by the same templates; a section alone is without head and end.

    Args:
        section: the one to show, if not all.
        dated: ISO date and time of the draft, named at its foot.
    """
    words = WORDS | document.form.words
    context = {
        "kind": str(Edition.DRAFT),
        "alone": section is not None,
        "footer": _footer(document, Edition.DRAFT, None, None, dated, words),
    }
    return _rendered("article", document, [section] if section else document.form.sections, context)


def shown(box: Box, answer: str, *, labelled: bool = True) -> Shown:
    """A box and its answer as templates show them, on screen and on paper alike: fixed words added, prose made safe."""
    prosaic = box.kind is Kind.PROSE
    text = _printed(answer) if prosaic else f"{box.fixed} {answer}".strip()
    lead = "" if prosaic and prose.has_lead(answer) else box.lead
    return Shown(box.name, box.label if labelled else "", lead, f"documents/box/{box.kind}.html", text)


def _printed(markup: str) -> SafeString:
    """Prose as templates show it: safe, and each paragraph running the way in which it is written."""
    return mark_safe(_GOES_ON.sub(_AS_AN_ITEM, prose.directed(prose.safe(markup))))  # noqa: S308 - cleaned right here


# What an item says after a list nested in it is tagged before that list; as an item without a sign it is read in its place.
_GOES_ON = re.compile(r"(?<=</[uo]l>)(?!</?(?:li|[uo]l|p)\b)(?=.)", re.DOTALL)
_AS_AN_ITEM = '</li><li class="jpo-goes-on">'


def parts(section: Section, document: Document) -> Iterator[Part]:
    """What the paper shows of a section: its filled boxes in the order of the form, laid out as they belong together."""
    filled = [box for box in section.boxes if not box.is_empty(document[box.name])]
    printed = {OnPaper.ALWAYS, OnPaper.IF_SEVERAL} if len(filled) > 1 else {OnPaper.ALWAYS}
    for (layout, heading), boxes in groupby(filled, key=_layout):
        yield Part(
            f"documents/part/{layout}.html",
            heading,
            tuple(shown(box, document[box.name], labelled=box.label_on_paper in printed) for box in boxes),
        )


def day(moment: str, language: str, months: str) -> str:
    """The day of an ISO date and time as people write it: "5 September 2024"."""
    on = datetime.fromisoformat(moment)
    month = months.split(",")[on.month - 1].strip()
    return DAYS.get(language, "{day} {month} {year}").format(day=on.day, month=month, year=on.year)


def _rendered(template: str, document: Document, sections: Sequence[Section], context: dict[str, Any]) -> SafeString:
    """A template of the paper, filled with the document's sections and words."""
    common = {
        "form": document.form,
        "words": WORDS | document.form.words,
        "colon": "\u00a0:" if document.form.language == "fr" else ":",
        "letterhead": re.findall(r"(?:\w{1,3} )?\S+", document.form.letterhead),
        "sections": [{"heading": section.heading, "parts": list(parts(section, document))} for section in sections],
    }
    return ENGINE.get_template(f"documents/{template}.html").render(Context(common | context, use_l10n=False, use_tz=False))


def _layout(box: Box) -> tuple[str, str]:
    if box.kind is Kind.PROSE:
        return ("pairs", box.group) if box.group else ("prose", "")
    return ("together", box.group) if box.group else ("rows", "")


def _title(document: Document, kind: Edition, issued: Issued | None, words: dict[str, str]) -> str:
    """What a reader's window and a list of files call this paper."""
    title = " – ".join(part for part in (str(issued.number) if issued else "", document.title) if part)
    return f"{title} ({words['draft_mark']})" if kind is Edition.DRAFT else title


def _reference(document: Document, issued: Issued | None) -> str:
    """What the running head says: the post once it has a number, until then how the title begins."""
    if issued:
        return f"JPO {issued.number} · {issued.month} {issued.year}"
    begun = re.match(rf"(\W*\w+){{0,{HEAD_WORDS}}}", document.title[:LONGEST_HEAD])
    assert begun  # it may be empty
    return begun[0] if begun[0] == document.title else f"{begun[0]} …"


def _footer(
    document: Document,
    kind: Edition,
    version: int | str | None,
    check: Check | None,
    dated: str,
    words: dict[str, str],
) -> str:
    """What stands at the foot of every page: the draft's mark, or which text a loose page belongs to."""
    draft = kind is Edition.DRAFT
    said = [
        words["draft_mark"] if draft else "",
        f"{words['version']} {version}" if version is not None and kind is not Edition.PUBLIC else "",
        dated[:10] if draft else "",  # in figures: a foot with many words reads like a sentence that nobody tagged
        f"{words['check_code']} {check.spaced}" if check else "",
    ]
    return " · ".join(filter(None, said))


def _line(decision: Decision, language: str, words: dict[str, str]) -> dict[str, str]:
    """A decision as a line of ready strings."""
    acting = f"{words['acting_for']} {decision.acting_for}" if decision.acting_for else ""
    return {
        "stage": decision.stage,
        "name": signs.spelled(decision.name),
        "role": signs.spelled(", ".join(filter(None, (decision.office_role, acting)))),
        "decision": decision.decision,
        "date": day(decision.on, language, words["months"]),
        "version": str(decision.version),
        "digest": decision.digest[:SHORT_DIGEST],
    }


def _utc(moment: str) -> str:
    """An ISO date and time as PDF metadata want it; one without a zone is taken as UTC, so that no machine's zone counts."""
    if not moment:
        return ""
    on = datetime.fromisoformat(moment)
    return on.replace(tzinfo=on.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
