"""Inclusive language: words that leave people out or belittle them are told as hints, with others instead."""

import csv
import re
from pathlib import Path

import pytest

from readiness import dictionaries
from tests.readiness.slips import Slip, is_told, told

SHIPPED = Path(__file__).resolve().parents[2] / "registers" / "shipped"
SLIPS = [
    Slip("en", "The chairman speaks.", "chairman", "chairperson", "The chairperson speaks.", "a word that counts women out"),
    Slip("en", "Manpower is short.", "Manpower", "Workforce", "The workforce is short.", "with a capital"),
    Slip("en", "It takes ten man-hours.", "man-hours", "working hours", "It takes ten working hours.", "a measure"),
    Slip("en", "It helps disabled people.", "disabled people", "persons with disabilities", "It helps persons with disabilities.", "the person comes first"),
    Slip("en", "- Assist those suffering from HIV.\n- Write.", "suffering from HIV", "living with HIV", "- Assist those living with HIV.\n- Write.", "in a list", "duties"),
    Slip("en", "It protects illegal migrants.", "illegal migrants", "migrants in an irregular situation", "It protects migrants in an irregular situation.", "no person is illegal"),
    Slip("en", "Banks keep a blacklist.", "blacklist", "deny list", "Banks keep a deny list.", "a colour made bad"),
    Slip("en", "He/she writes.", "He/she", None, "They write.", "no one way to mend it"),
    Slip("fr", "Il aide les handicapés.", "les handicapés", "les personnes handicapées", "Il aide les personnes handicapées.", "the person comes first, in French"),
    Slip("fr", "Les migrants illégaux.", "migrants illégaux", "migrants en situation irrégulière", "Les migrants en situation irrégulière.", "no person is illegal, in French"),
    Slip("fr", "- Former les hommes d’affaires.\n- Lire.", "hommes d’affaires", "gens d’affaires", "- Former les gens d’affaires.\n- Lire.", "in a list", "duties"),
    Slip("es", "Apoya a los discapacitados.", "los discapacitados", "las personas con discapacidad", "Apoya a las personas con discapacidad.", "the person comes first, in Spanish"),
    Slip("es", "Los inmigrantes ilegales.", "inmigrantes ilegales", "migrantes en situación irregular", "Los migrantes en situación irregular.", "no person is illegal, in Spanish"),
    Slip("es", "- Horas-hombre.\n- Redactar.", "Horas-hombre", "Horas de trabajo", "- Horas de trabajo.\n- Redactar.", "a measure, in Spanish", "duties"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_what_leaves_people_out_is_told(slip: Slip) -> None:
    is_told("R34", slip)


SILENT = [
    ("en", "Human resources, management, the German Republic, Oman and a woman’s demand.", "“man” inside a word"),
    ("en", "The poor quality of jobs, the elderly care sector, blind spots and deaf ears.", "adjectives of things"),
    ("en", "The third World Day, the first World Congress.", "“third World” that is no third world"),
    ("en", "Persons with disabilities, older persons, migrant workers, indigenous peoples.", "the words to be written"),
    ("fr", "Les droits de l’homme, la Déclaration universelle des droits de l’homme et un chef d’entreprise.", "official terms"),
    ("fr", "Les tâches ménagères et les pauvres résultats.", "adjectives of things"),
    ("es", "Los derechos del hombre, los votos inválidos y los viejos métodos.", "adjectives of things"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "why"), SILENT, ids=[f"{row[0]}: {row[2]}" for row in SILENT])
def test_what_leaves_nobody_out_is_left_in_peace(language: str, text: str, why: str) -> None:
    assert told("R34", language, text) == []


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped list."""
    with (SHIPPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.mark.parametrize("name", ["phrases", "inclusive"])
def test_every_shipped_row_is_whole_and_mends_itself(name: str) -> None:
    for row in rows(name):
        assert row["reason"].endswith((".", "“.")), row
        assert row["rule"] == {"phrases": "R22", "inclusive": "R34"}[name] and row["severity"] in "WH", row
        assert row["words"].casefold() != row["instead"].casefold(), row
    assert len({(row["language"], row["words"].casefold()) for row in rows(name)}) == len(rows(name))


@pytest.mark.parametrize("name", ["phrases", "inclusive"])
def test_what_is_to_be_written_is_no_finding_itself(name: str) -> None:
    wrong = [
        (row["words"], row["instead"], found)
        for row in rows(name)
        if row["instead"]
        if (found := told("R22 R23 R34", row["language"], f"<p>Aa {row['instead']}, 7.</p>"))
    ]
    assert wrong == []


def test_words_of_the_house_are_needed() -> None:
    """No dictionary has them; each is a word, and stands there once."""
    for row in rows("words"):
        languages = [row["language"]] if row["language"] else ["en"]
        assert re.fullmatch(r"[^\W\d_]{4,}", row["word"]), row
        assert not all(dictionaries.is_word(language, row["word"]) for language in languages), row
    assert len({(row["language"], row["word"]) for row in rows("words")}) == len(rows("words"))
