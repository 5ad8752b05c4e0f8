"""Outcomes of the Programme and Budget (R11): planted defects are found, their clean twins are silent."""

from dataclasses import dataclass, field

import pytest

from readiness.finding import Severity
from readiness.registers import Registers
from tests.readiness.registers import KNOWN, SHIPPED, mended_with, told
from tests.readiness.texts import planted

W, H = Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class Row:
    """What stands in the outcomes, what is found there and how grave, the clean twin, and why."""

    text: str
    quote: str
    severity: Severity
    twin: str
    why: str
    language: str = "en"
    mended: str = ""
    registers: Registers = field(default=SHIPPED, repr=False)

    def __str__(self) -> str:
        return self.why


ROWS = [
    Row("Outcome 3 of the Programme and Budget 2026-27.", "Outcome 3", W, "Programme and Budget 2026-27, Outcome 3: harbours for all workers.", "by number only, in a sentence"),
    Row("- P&B 2026-27: Outcome 3\n- P&B 2026-27: Output 3.2", "Output 3.2", W, "- P&B 2026-27, Outcome 3: harbours for workers\n- P&B 2026-27, Output 3.2: lighthouses for workers", "in a list, an output"),
    Row("The JPO will contribute to outcomes 2, 4 and 7 (Programme and Budget 2026–2027).", "outcomes 2, 4 and 7", W, "The JPO will contribute to outcomes 2 and 4 (Programme and Budget 2026–2027), on harbours and on lighthouses.", "several at once, the years in full"),
    Row("The post is linked to policy outcome 5, in particular indicator 5.1.2, in the 2026-27 biennium.", "outcome 5", W, "The post is linked to policy outcome 5, just transitions at sea, in the 2026-27 biennium.", "with its indicator"),
    Row("P&B 2026-27, O3", "O3", W, "P&B 2026-27, O3: harbours for workers", "abbreviated"),
    Row("Programme and Budget 2022-23, Outcome 3: harbours for workers.", "2022-23", W, "Programme and Budget 2026-27, Outcome 3: harbours for workers.", "a past biennium"),
    Row("Outcome 3: harbours for workers (P&B 2024/2025)", "2024/2025", W, "Outcome 3: harbours for workers (P&B 2028/2029)", "the last biennium, with a slash; the next may stand"),
    Row("Programme and Budget 2025-26, Outcome 3: harbours for workers.", "2025-26", W, "Outcome 3: harbours for workers, by the strategy 2022-2030 and the Programme and Budget 2026-27.", "no biennium begins in an odd year; other years may"),
    Row("Outcome 3: harbours for workers.", "", H, "Outcome 3: harbours for workers (2026-27).", "of which biennium?"),
    Row("Résultat 3 du Programme et budget 2026-27.", "Résultat 3", W, "Programme et budget 2026-27, résultat 3 : des ports pour les marins.", "by number only, in French", "fr"),
    Row("Programme et budget 2022–23, résultat 3 : des ports pour les marins.", "2022–23", W, "Programme et budget 2026–27, résultat 3 : des ports pour les marins.", "a past biennium, in French", "fr"),
    Row("- Resultado 3, Programa y Presupuesto 2026-27", "Resultado 3", W, "- Resultado 3, Programa y Presupuesto 2026-27: puertos para los marinos", "by number only, in Spanish", "es"),
    # Against the register
    Row("Programme and Budget 2026-27, Outcome 3", "Outcome 3", W, "Programme and Budget 2026-27, Outcome 3: Invented harbours for invented work", "the register knows the title", mended="Programme and Budget 2026-27, Outcome 3: Invented harbours for invented work", registers=KNOWN),
    Row("Programme et budget 2026-27, résultat 3", "résultat 3", W, "Programme et budget 2026-27, résultat 3 : des ports inventés", "so in French", "fr", "Programme et budget 2026-27, résultat 3: Des ports inventés pour un travail inventé", KNOWN),
    Row("Programme and Budget 2026-27, Outcome 12: safety for swimmers.", "Outcome 12", W, "Programme and Budget 2028-29, Outcome 12: safety for swimmers.", "the register has no such outcome; of the next biennium it knows nothing", registers=KNOWN),
    Row("Programme and Budget 2026-27, Outcome 3: safety for swimmers.", "Outcome 3", W, "Programme and Budget 2026-27, Outcome 3: harbours that were invented.", "the number of another outcome", registers=KNOWN),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_planted_defect_is_found_and_its_clean_twin_is_silent(row: Row) -> None:
    document = planted(row.language, outcomes=row.text)
    found = [one for one in told(document, "R11", row.registers) if (one.quote, one.severity) == (row.quote, row.severity)]
    assert len(found) == 1, told(document, "R11", row.registers)
    if row.mended:
        after = planted(row.language, outcomes=mended_with(document, found[0]))
        assert after["outcomes"] == f"<p>{row.mended}</p>"
        assert told(after, "R11", row.registers) == []
    assert told(planted(row.language, outcomes=row.twin), "R11", row.registers) == []


ELSEWHERE = [
    (
        "en",
        "introduction",
        "The post contributes to the P&B outcome on social protection.",
        "outcome",
        "named in the introduction",
    ),
    (
        "en",
        "duties",
        "- Draft briefs under Outcome 7 of the Programme and Budget for 2026-27.\n- Write.",
        "Outcome 7",
        "in a duty",
    ),
    (
        "en",
        "programme_outline",
        "The unit leads Output 3.2 with seven countries.",
        "Output 3.2",
        "by its number, in the background",
    ),
    ("fr", "introduction", "Le poste contribue au résultat 5 du Programme et budget.", "résultat 5", "in French"),
    ("es", "duties", "- Apoyar el resultado 4 del Programa y Presupuesto.\n- Redactar.", "resultado 4", "in Spanish"),
]


@pytest.mark.parametrize(("language", "box", "text", "quote", "why"), ELSEWHERE, ids=[row[-1] for row in ELSEWHERE])
def test_an_outcome_in_another_box_is_told_while_its_own_is_empty(
    language: str, box: str, text: str, quote: str, why: str
) -> None:
    empty = told(planted(language, outcomes="", **{box: text}), "R11", SHIPPED)
    assert [(one.box, one.quote, one.severity) for one in empty] == [(box, quote, W)]
    assert told(planted(language, **{box: text}), "R11", SHIPPED) == []


SILENT = [
    ("introduction", "Better outcomes for young people are what counts.", "outcomes in general"),
    ("introduction", "The office supports Outcome 2 of the Decent Work Country Programme.", "a country programme's outcome"),
    ("key_outputs", "- Output 1: a guide.\n- Output 2: a course.", "outputs that are numbered"),
    ("programme_outline", "The project is built on three pillars; its Outcome 1 is on skills.", "a project's outcome"),
    ("learning_elements", "- Learning outcome 1: plans a survey by the end of the first year.", "what is learned"),
]


@pytest.mark.parametrize(("box", "text", "why"), SILENT, ids=[why for *_, why in SILENT])
def test_other_outcomes_are_left_in_peace(box: str, text: str, why: str) -> None:
    assert told(planted("en", outcomes="", **{box: text}), "R11", SHIPPED) == []
