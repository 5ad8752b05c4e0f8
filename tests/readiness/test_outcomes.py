"""Outcomes of the Programme and Budget (R11): planted defects are found, their clean twins are silent."""

from dataclasses import dataclass, field

import pytest

from readiness.finding import Severity
from readiness.registers import Registers
from tests.readiness.registers import KNOWN, SHIPPED, mended_with, told
from tests.readiness.texts import planted

B, W, H = Severity.BLOCKER, Severity.WARNING, Severity.HINT


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
    Row("Outcome 3 of the Programme and Budget 2026-27.", "Outcome 3", B, "Programme and Budget 2026-27, Outcome 3: harbours for all workers.", "by number only, in a sentence"),
    Row("- P&B 2026-27: Outcome 3\n- P&B 2026-27: Output 3.2", "Output 3.2", B, "- P&B 2026-27, Outcome 3: harbours for workers\n- P&B 2026-27, Output 3.2: lighthouses for workers", "in a list, an output"),
    Row("The JPO will contribute to outcomes 2, 4 and 7 (Programme and Budget 2026–2027).", "outcomes 2, 4 and 7", B, "The JPO will contribute to outcomes 2 and 4 (Programme and Budget 2026–2027), on harbours and on lighthouses.", "several at once, the years in full"),
    Row("The post is linked to policy outcome 5, in particular indicator 5.1.2, in the 2026-27 biennium.", "outcome 5", B, "The post is linked to policy outcome 5, just transitions at sea, in the 2026-27 biennium.", "with its indicator"),
    Row("P&B 2026-27, O3", "O3", B, "P&B 2026-27, O3: harbours for workers", "abbreviated"),
    Row("Programme and Budget 2022-23, Outcome 3: harbours for workers.", "2022-23", W, "Programme and Budget 2026-27, Outcome 3: harbours for workers.", "a past biennium"),
    Row("Outcome 3: harbours for workers (P&B 2024/2025)", "2024/2025", W, "Outcome 3: harbours for workers (P&B 2028/2029)", "the last biennium, with a slash; the next may stand"),
    Row("Programme and Budget 2025-26, Outcome 3: harbours for workers.", "2025-26", W, "Outcome 3: harbours for workers, by the strategy 2022-2030 and the Programme and Budget 2026-27.", "no biennium begins in an odd year; other years may"),
    Row("Outcome 3: harbours for workers.", "", H, "Outcome 3: harbours for workers (2026-27).", "of which biennium?"),
    Row("Résultat 3 du Programme et budget 2026-27.", "Résultat 3", B, "Programme et budget 2026-27, résultat 3 : des ports pour les marins.", "by number only, in French", "fr"),
    Row("Programme et budget 2022–23, résultat 3 : des ports pour les marins.", "2022–23", W, "Programme et budget 2026–27, résultat 3 : des ports pour les marins.", "a past biennium, in French", "fr"),
    Row("- Resultado 3, Programa y Presupuesto 2026-27", "Resultado 3", B, "- Resultado 3, Programa y Presupuesto 2026-27: puertos para los marinos", "by number only, in Spanish", "es"),
    Row("Output A.3 of the Programme and Budget for 2026-27.", "Output A.3", B, "Output A.3 of the Programme and Budget for 2026-27: sharper evaluations of harbours.", "an output with a letter"),
    Row("The work corresponds to an enabler of the Programme and Budget for 2026-27, with emphasis on tides and data.", "an enabler", B, "The work corresponds to an enabler of the Programme and Budget for 2026-27, namely sharper tides and better data.", "none is named"),
    Row("The post is linked to the Programme and Budget for 2026-27.", "The post is linked to the Programme and Budget for 2026-27.", B, "The post is linked to the Programme and Budget for 2026-27: harbours for all workers.", "the Programme and Budget alone"),
    Row("2026-27", "2026-27", B, "2026-27: harbours for all workers", "a biennium alone"),
    Row("- P&B 2026-27, Outcome 3: harbours for workers\n- P&B 2026-27, Outcome 4", "Outcome 4", W, "- P&B 2026-27, Outcome 3: harbours for workers\n- P&B 2026-27, Outcome 4: tides for fishers", "one of two by number only: the box still says something"),
    Row("Le programme s'inscrit dans le Résultat\u00a03 du programme et budget pour la période biennale 2022-23.", "Résultat\u00a03", B, "Le programme s'inscrit dans le Résultat\u00a03 du programme et budget pour la période biennale 2026-27, « Des ports sûrs pour les marins ».", "in a French sentence, with a space that does not break", "fr"),
    Row("Le programme relève du résultat 3 (période biennale 2022-23), des ports sûrs.", "2022-23", W, "Le programme relève du résultat 3 (période biennale 2026-27), des ports sûrs.", "a past biennium, in French", "fr"),
    Row("El puesto se enmarca en el resultado 4 (bienio 2022-2023), faros para todos.", "2022-2023", W, "El puesto se enmarca en el resultado 4 (bienio 2026-2027), faros para todos.", "a past biennium, in Spanish", "es"),
    Row("El puesto corresponde a uno de los resultados del Programa y Presupuesto para 2026-27.", "uno de los resultados", B, "El puesto corresponde a uno de los resultados del Programa y Presupuesto para 2026-27, a saber, faros para todos.", "none is named, in Spanish", "es"),
    # Against the register
    Row("Programme and Budget 2026-27, Outcome 3", "Outcome 3", B, "Programme and Budget 2026-27, Outcome 3: Invented harbours for invented work", "the register knows the title", mended="Programme and Budget 2026-27, Outcome 3: Invented harbours for invented work", registers=KNOWN),
    Row("Programme et budget 2026-27, résultat 3", "résultat 3", B, "Programme et budget 2026-27, résultat 3 : des ports inventés", "so in French", "fr", "Programme et budget 2026-27, résultat 3: Des ports inventés pour un travail inventé", KNOWN),
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
    (
        "en",
        "introduction",
        "The post contributes to Output A.3 of the P&B for 2020-21.",
        "Output A.3 of the P&B for 2020-21",
        "with a letter, past",
    ),
    (
        "en",
        "planned_developments",
        "It contributes to the outcome on safe tides, output 6.2.",
        "output 6.2",
        "a number with a point",
    ),
    ("en", "programme_outline", "This is an enabler of the Programme and Budget.", "enabler", "an enabler"),
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
    ("programme_outline", "The programme has four products, and output 2.1 is a guide.", "a programme's own output"),
    ("learning_elements", "- Learning outcome 1: plans a survey by the end of the first year.", "what is learned"),
]


@pytest.mark.parametrize(("box", "text", "why"), SILENT, ids=[why for *_, why in SILENT])
def test_other_outcomes_are_left_in_peace(box: str, text: str, why: str) -> None:
    assert told(planted("en", outcomes="", **{box: text}), "R11", SHIPPED) == []


RIGHT = [
    ("en", "Programme and Budget outcome"),
    ("en", "The JPO will work for the Programme and Budget for 2026-27, Outcome 7: Better tides for all, and in particular for output 7.2, Stronger harbours that meet international standards."),
    ("en", "The assignment serves Outcome 5 of the ILO's Programme and Budget for 2026-27, “Safe tides for all”, and contributes secondarily to Outcome 4 (Just harbours)."),
    ("en", "Output 7.2, Stronger lighthouses, under Outcome 7 of the Programme and Budget for 2026-27."),
    ("en", "Programme and Budget for 2026-27, Enabler A: Sharper lighthouse knowledge."),
    ("fr", "Le ou la JPO contribuera au résultat\u00a03 du programme et budget pour 2026-27, « Des ports sûrs pour les marins », et plus particulièrement au produit 3.4, relatif aux phares."),
    ("fr", "Résultat 2 du programme et budget pour 2026-27 : Des phares efficaces pour toutes et tous."),
    ("es", "Programa y Presupuesto para 2026-27, resultado 4: Faros justos para todos."),
    ("es", "Resultado 6 del Programa y Presupuesto para 2026-27: «Mareas seguras en el mundo»."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), RIGHT)
def test_an_outcome_with_number_title_and_biennium_is_left_in_peace_while_the_register_is_empty(language: str, text: str) -> None:
    assert told(planted(language, outcomes=text), "R11", SHIPPED) == []
