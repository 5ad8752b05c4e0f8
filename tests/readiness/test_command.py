"""`manage.py check_proposal`: what is found in a proposal or a file, for people and as JSON, and what the exit status says."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from documents import prose
from documents.document import Document
from proposals.models import Proposal
from proposals.sections import form
from proposals.writing import write
from tests.documents.invented import proposal as invented
from tests.readiness.texts import document_of, planted, written
from tests.story import draft, step

TYPED = """
VACANCY PROPOSAL FOR JUNIOR PROFESSIONAL OFFICERS (JPO)

## GENERAL INFORMATION:

**Title:** Junior Professional Officer in in wells

**Duty station:** Geneva, Switzerland

Please describe the wells.

### INTRODUCTION

The unit drills wells. It drills wells (and pumps.
"""


def told(what: Any, *more: str) -> tuple[int, str]:
    """The exit status of the command, and what it said."""
    out = io.StringIO()
    try:
        call_command("check_proposal", str(what), *more, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
def test_a_file_is_checked_and_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_text(TYPED)
    status, said = told(file, "--json")
    findings = json.loads(said)["findings"]
    assert status == 1
    assert not Proposal.objects.exists()
    assert {
        "rule": "R05",
        "severity": "B",
        "section": "general_information",
        "box": "title",
        "start": 0,
        "end": 5,
        "quote": "in in",
        "sentence": "“in in” says the same twice. Keep it once.",
        "fix": "in",
    } in findings
    assert [f["quote"] for f in findings if f["rule"] == "R14"] == ["wells (and"]
    assert "Please describe the wells." in [f["quote"] for f in findings if f["rule"] == "R03"], (
        "the reader's doubts are checked too"
    )
    assert {f["severity"] for f in findings} <= {"B", "W", "H"}
    assert {f["box"] for f in findings} <= {*form("en").boxes, ""}


@pytest.mark.django_db
def test_a_clean_file_ends_well(tmp_path: Path) -> None:
    file = tmp_path / "clean.json"
    file.write_text(document_of(written()[-1]).text())
    assert (told(file, "--json")[0], json.loads(told(file, "--json")[1])) == (0, {"findings": []})
    assert told(file) == (0, "0 blockers, 0 warnings, 0 hints.\n")


LABELLED = """
INFORMATIONS GÉNÉRALES

### SUPERVISION

**Méthodologie de la supervision :**

La responsable rencontre la personne recrutée chaque lundi.

## CONTEXTE

Veuillez décrire le programme.

Conditions de vie

Le port est calme.
"""


@pytest.mark.django_db
def test_a_label_that_the_reader_took_is_not_found_once_more(tmp_path: Path) -> None:
    file = tmp_path / "labelled.txt"
    file.write_text("Indiquez ce que la personne apprendra.\n" + LABELLED)
    findings = json.loads(told(file, "--json")[1])["findings"]
    quoted = {(f["rule"], f["box"], f["quote"]) for f in findings if f["quote"]}
    assert ("R03", "", "Indiquez ce que la personne apprendra.") in quoted, "guidance in a doubt is still told"
    assert ("R03", "programme_outline", "Veuillez décrire le programme.") in quoted
    assert [f for f in quoted if f[2] in ("Conditions de vie", "Méthodologie de la supervision", "CONTEXTE")] == []
    assert "R06" not in {rule for rule, _, _ in quoted}


@pytest.mark.django_db
def test_every_place_lies_in_the_plain_text_of_its_box(tmp_path: Path) -> None:
    document = planted(
        "fr", duties="- Rédiger <strong>des des</strong> notes ;\n- Tenir à jour (le site.", title="dans ... le domaine"
    )
    file = tmp_path / "planted.json"
    file.write_text(document.text())
    findings = json.loads(told(file, "--json")[1])["findings"]
    assert {"R04", "R05", "R14"} <= {finding["rule"] for finding in findings}
    for finding in findings:
        answer = document[finding["box"]]
        text = prose.text(answer) if answer.startswith("<") else answer
        assert text[finding["start"] : finding["end"]] == finding["quote"]


def test_a_field_post_needs_its_living_conditions(db: None, tmp_path: Path) -> None:
    complete = invented(form("en"))
    file = tmp_path / "field.json"
    file.write_text(Document(complete.form, {**complete.answers, "living_conditions": ""}).text())
    empty = [
        [f["rule"] for f in json.loads(told(file, "--json", *more)[1])["findings"] if f["box"] == "living_conditions"]
        for more in ((), ("--field-post",))
    ]
    assert empty == [[], ["R02"]]


@pytest.mark.parametrize(
    ("department", "needed"),
    [
        ("ILO Country Office for Zambia, Malawi and Mozambique (CO-Lusaka)", True),
        ("DWT/CO-Cairo", True),
        ("Regional Office for Africa", True),
        ("Bureau de pays de l'OIT pour Madagascar", True),
        ("Employment Policy Department (EMPLOYMENT)", False),
        ("Bureau for Workers' Activities (ACTRAV)", False),
    ],
)
def test_the_office_of_an_old_file_says_whether_it_is_in_the_field(
    db: None, tmp_path: Path, department: str, needed: bool
) -> None:
    complete = invented(form("en"))
    file = tmp_path / "old.json"
    file.write_text(Document(complete.form, {**complete.answers, "department": department, "living_conditions": ""}).text())
    found = json.loads(told(file, "--json")[1])["findings"]
    assert [finding["rule"] for finding in found if finding["box"] == "living_conditions"] == ["R02"] * needed


def test_a_proposal_is_checked_as_its_author_has_it_and_then_as_it_was_submitted(cast: Any) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    section = type(proposal.introduction)
    write(
        proposal.pk, section, cast.ana, {"introduction": "<p>The unit drills drills wells.</p>"}, proposal.introduction.revision
    )
    assert "drills drills" in told(proposal.pk)[1]
    step("submit", Proposal.objects.get(pk=proposal.pk), cast.ana)
    assert "drills drills" in told(proposal.pk)[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "sentence"),
    [("4711", "There is no proposal 4711."), ("nowhere.txt", "nowhere.txt cannot be opened: No such file or directory.")],
)
def test_what_cannot_be_checked_is_refused_in_words(what: str, sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        told(what)
    assert (str(refused.value), refused.value.returncode) == (sentence, 2)


@pytest.mark.django_db
def test_a_file_that_is_no_proposal_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all,\nthe meeting is moved.\n")
    with pytest.raises(CommandError) as refused:
        told(file)
    assert refused.value.returncode == 2
