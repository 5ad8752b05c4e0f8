"""Silence: a clean, well-written proposal gives no blocker and no warning, and at most three hints."""

import json
from pathlib import Path

import pytest

from documents.document import Document
from proposals.checking import check
from proposals.sections import form
from readiness.finding import Severity
from tests.readiness.texts import DEMONSTRATION, document_of, planted, written

MOST_HINTS = 3
DRAFTS = ("11-apprenticeship-web-pages.json", "12-draft-timor-leste-employment-services.json")
"""Proposals of the demonstration that are not finished: what is missing in them is told, and nothing else."""


def loud(document: Document) -> list[str]:
    """The blockers and warnings on something that is written, in words."""
    told = check(document)
    graver = [f for f in told if f.severity is not Severity.HINT and f.quote]
    hints = [f for f in told if f.severity is Severity.HINT]
    return [f"{f.severity} {f.rule} {f.box}: {f.quote}" for f in (*graver, *(hints if len(hints) > MOST_HINTS else ()))]


@pytest.mark.django_db
@pytest.mark.parametrize("path", written(), ids=lambda path: path.stem)
def test_a_clean_proposal_is_left_in_peace(path: Path) -> None:
    document = document_of(path)
    assert loud(document) == []
    assert [f"{f.rule} {f.box}" for f in check(document) if f.severity is not Severity.HINT] == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(DEMONSTRATION.glob("*.json")), ids=lambda path: path.stem)
def test_so_are_the_proposals_of_the_demonstration(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    document = Document(form(data["language"]), data["boxes"], field_post=bool(data.get("field_post")))
    assert loud(document) == []
    assert path.name in DRAFTS or not document.problems()


FALSE_ALARMS = [
    (
        "introduction",
        "The unit works on wages, hours, etc. and on rest, i.e. on time; e.g. on leave.",
        "“etc.” within a sentence, “i.e.”, “e.g.”",
    ),
    ("introduction", "The unit holds that that is right, and had had it confirmed.", "“that that”, “had had”"),
    ("duties", "- Draft briefs;\n- write minutes; and\n- perform other tasks.", "an item that ends in “; and”"),
    (
        "introduction",
        "The DWCP is agreed by all. A Decent Work Country Programme (DWCP) runs for four years.",
        "an acronym expanded later in the text",
    ),
    ("introduction", "The unit works for SDG 5 and on Convention No. 97.", "SDG 5, No. 97"),
    ("introduction", "The work is a part of the 2030 Agenda.", "“2030 Agenda”"),
    ("title", "in the labour strategy 2022-2030", "“2022-2030” in a title"),
    ("introduction", "The programme honours labour organizations, and analyses behaviour.", "British spelling"),
    (
        "introduction",
        "The office in Côte d'Ivoire works with Señora Ibáñez Núñez and with François Lefèvre.",
        "French and Spanish names",
    ),
    ("introduction", "The Oman/Aden desk is a partner of the team.", "“N/A” inside a word"),
    (
        "programme_outline",
        'Questions go to jpo@ilo.org; see <a href="https://www.example.org">the page</a>.',
        "the fixed note's own address",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("box", "text", "why"), FALSE_ALARMS, ids=[why for *_, why in FALSE_ALARMS])
def test_a_known_false_alarm_stays_silent(box: str, text: str, why: str) -> None:
    assert [f"{f.rule} {f.quote}" for f in check(planted("en", **{box: text})) if f.box == box] == []
