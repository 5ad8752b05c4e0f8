"""Acronyms that are never expanded (R16): planted defects are found, their clean twins are silent."""

from dataclasses import dataclass

import pytest

from readiness.finding import Severity
from tests.readiness.registers import KNOWN, SHIPPED, mended_with, told
from tests.readiness.texts import planted

W, H = Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class Row:
    """What stands in a box, what is found there, how grave, the twin that expands it, and why."""

    language: str
    box: str
    text: str
    quote: str
    severity: Severity
    twin: str
    why: str
    mended: str = ""

    def __str__(self) -> str:
        return self.why


ROWS = [
    Row("en", "introduction", "The unit works with the QRX in Harare.", "QRX", H, "The unit works with the Quarry Research Exchange (QRX) in Harare. The QRX is new.", "used once"),
    Row("en", "duties", "- Help the QRX.\n- Write for the QRX.\n- Travel with the QRX.", "QRX", W, "- Help the QRX (Quarry Research Exchange).\n- Write for the QRX.\n- Travel with the QRX.", "three times in a list, expanded the other way round"),
    Row("en", "duties", "- Support DWT as appropriate.\n- Write.", "DWT", H, "- Support the Decent Work Team (DWT).\n- Write.", "the register knows what it stands for", "- Support DWT (Decent Work Team) as appropriate."),
    Row("en", "supervision_method", "Weekly meetings are held on the DC project.", "DC", H, "Weekly meetings are held on the development cooperation (DC) project.", "two letters"),
    Row("en", "programme_outline", "The project drafts DWCPs with ministries.", "DWCPs", H, "The project drafts Decent Work Country Programmes (DWCPs) with ministries, one DWCP a year.", "in the plural"),
    Row("en", "training_components", "The JPO helps the KLM-PN and PN members.", "PN", H, "The JPO helps the Kelp and Lime Market's Procurement Network (KLM-PN); the KLM-PN meets often.", "the second half of one that has a hyphen"),
    Row("en", "introduction", "The unit follows the IQS/ZRT approach.", "IQS/ZRT", H, "The unit follows the approach of the Invented Quality System (IQS) and the Zonal Rope Trust (ZRT): IQS/ZRT.", "two of them, parted by a slash"),
    Row("en", "skills_desirable", "Knowledge of GSP+ rules.", "GSP+", H, "Knowledge of the rules of the Generalised Scheme of Preferences Plus (GSP+).", "with a sign behind it"),
    Row("en", "introduction", "The R&X programme and the MnE guide are new.", "R&X", H, "The R&X (Research and Exchange) programme is new.", "with an ampersand"),
    Row("en", "introduction", "The ToQ of the group are new, and so is the YQBs' work.", "YQBs", H, "The Youth Quay Boards (YQBs) are new.", "in the genitive of the plural"),
    Row("en", "duties", "- Work with COPAC.\n- Write.", "COPAC", H, "- Work with the Committee for the Promotion and Advancement of Cooperatives (COPAC).\n- Write.", "the register knows a partner", "- Work with COPAC (Committee for the Promotion and Advancement of Cooperatives)."),
    Row("fr", "introduction", "Le bureau appuie les PPTD de la région.", "PPTD", H, "Le bureau appuie les programmes par pays de promotion du travail décent (PPTD).", "in French", "Le bureau appuie les PPTD (programme par pays de promotion du travail décent) de la région."),
    Row("fr", "duties", "- Aider l’EQX.\n- Rédiger.", "EQX", H, "- Aider l’Échange de questions (EQX) et l’EQX régional.\n- Rédiger.", "after an elision"),
    Row("es", "duties", "- Apoyar la RQZ.\n- Escribir a la RQZ.\n- Visitar la RQZ.", "RQZ", W, "- Apoyar la Red de Quintas y Zonas (RQZ).\n- Escribir a la RQZ.\n- Visitar la RQZ.", "in Spanish"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_planted_defect_is_found_and_its_clean_twin_is_silent(row: Row) -> None:
    document = planted(row.language, **{row.box: row.text})
    all_told = told(document, "R16", SHIPPED)
    found = [one for one in all_told if (one.box, one.quote, one.severity) == (row.box, row.quote, row.severity)]
    assert len(found) == 1, all_told
    if row.mended:
        after = planted(row.language, **{row.box: mended_with(document, found[0])})
        assert row.mended.lstrip("- ") in after[row.box]
        assert told(after, "R16", SHIPPED) == [one for one in all_told if one != found[0]]
    assert told(planted(row.language, **{row.box: row.twin}), "R16", SHIPPED) == []


EXPANDED = [
    ("The Quarry Research Exchange, or QRE, is new.", "“…, or QRE,”"),
    ("QRE stands for Quarry Research Exchange.", "“stands for”"),
    ("QRE: Quarry Research Exchange.", "a colon"),
    ("The QRE – the Quarry Research Exchange – is new.", "a dash"),
    ("The QRE is new. It is a Quarry of Research and Exchange (“QRE”).", "later, in quotation marks, with small words"),
    ("The quarry research exchange (QRE, in Harare) is new.", "with more in the brackets, in small letters"),
    ("The QREs are new: Quarry Research Exchanges (QRE).", "plural and singular"),
    ("The Quinta de Rocas y Enseñanza (QRE) is in Lima.", "in another language"),
    ("The High-Level Quarry's Research Exchange (QRE) is new.", "after other capitals"),
]


@pytest.mark.parametrize(("text", "why"), EXPANDED, ids=[why for _, why in EXPANDED])
def test_an_expansion_may_stand_anywhere_and_in_many_ways(text: str, why: str) -> None:
    document = planted("en", introduction="The QRE is everywhere.", planned_developments=text)
    assert told(document, "R16", SHIPPED) == []
    assert told(planted("en", introduction="The QRE is everywhere."), "R16", SHIPPED) != []


SILENT = [
    ("The ILO, the UN, UNICEF, the EU and NGOs work on SDG 5, HIV/AIDS and COVID-19 with SMEs.", "known to every reader"),
    ("A PhD, an MBA or a CV is welcome; HR and IT are at HQ.", "known, of offices"),
    ("Grade P2 or G5, section IV, the XXIst century, Part III.", "grades and Roman figures"),
    ("CO-Jakarta, RO-Africa and DWT/CO-Dakar are offices.", "offices with the name of a place"),
    ("This is VERY IMPORTANT. Do NOT forget.", "words in capitals"),
    ("WORKING IN THE FIELD OF WAGES", "a heading in capitals"),
    ("The unit supports TIDEWORK.", "a department's eight letters may be a word in capitals"),
    ("Write to INFO@EXAMPLE.ORG or see www.EXAMPLE.org/ABQ/ and https://example.org/XYQ.", "addresses"),
    ("Ms LINDQVIST-HADDAD and Mr DE LA CROIX lead it.", "surnames in capitals"),
    ("He holds ISO 9001, and works with MS Word, SPSS and SQL.", "programs and standards"),
    ("Maps in QGIS and ArcGIS, code in RStudio, NVivo and PostgreSQL, surveys in KoBo and CSPro, JSON and CSV files; LGBTQI+.", "software and formats"),
    ("The G20 and the BRICS pay in XOF or FCFA; a BEng or an MPhil is welcome.", "currencies, groups, degrees"),
    ("The ILO's and the UN's work; the SMEs' needs.", "genitives"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), SILENT, ids=[why for _, why in SILENT])
def test_what_is_no_acronym_or_known_is_left_in_peace(text: str, why: str) -> None:
    assert told(planted("en", introduction=text), "R16", SHIPPED) == []


SILENT_TOO = [
    ("fr", "L’OIT, le BIT, l’ONU et les ONG aident les PME à atteindre les ODD ; le VIH et le sida, au XXIe siècle."),
    ("es", "La OIT, la ONU y las ONG ayudan a las PYME con los ODS y el VIH; EE. UU. y la UE en el siglo XXI."),
]


@pytest.mark.parametrize(("language", "text"), SILENT_TOO)
def test_so_it_is_in_french_and_spanish(language: str, text: str) -> None:
    assert told(planted(language, introduction=text), "R16", SHIPPED) == []


def test_boxes_of_names_and_titles_may_hold_acronyms() -> None:
    document = planted("en", department="Quay Department (QRX)", unit="ZRT", supervisor_title="Chief, ZRT", title="in ZRT work")
    assert told(document, "R16", SHIPPED) == []
    assert told(planted("en", department="Quarry Exchange (QRX)", introduction="QRX works."), "R16", SHIPPED) == []


def test_an_acronym_is_told_once_at_its_first_use() -> None:
    document = planted(
        "en", introduction="The QRX is new.", duties="- Help the QRX.\n- Write.", programme_outline="The QRX grows."
    )
    assert [(one.box, one.quote, one.severity) for one in told(document, "R16", SHIPPED)] == [("introduction", "QRX", W)]


def test_a_register_without_acronyms_says_nothing() -> None:
    from_nothing = KNOWN.__class__()
    assert told(planted("en", introduction="The QRX and the ILO."), "R16", from_nothing) == []
