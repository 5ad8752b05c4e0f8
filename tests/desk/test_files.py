"""A proposal comes in from a file and goes out into one, by the two commands, and is the same again."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from proposals.models import Proposal
from proposals.states import State
from tests.documents.pdfs import text as text_of
from tests.story import COMPLETE, bring_to, draft
from workflow.demonstration.cast import Cast

OLD_FILE = """
Post number: 1999
Month of issue: May
2019

## VACANCY PROPOSAL FOR JUNIOR PROFESSIONAL OFFICERS (JPO) Job Description Template – Headquarters and field positions

### GENERAL INFORMATION:

**Title:** Junior Professional Officer in *Quality Apprenticeships*

**Duty station:** *Jakarta, Indonesia*

## INTRODUCTION

The Country Office works with employers and workers on fair apprenticeships and

supports ministries that want to reform them.
"""


def imported(path: Path, *more: str) -> dict[str, Any]:
    """What `import_proposal` prints."""
    out = StringIO()
    call_command("import_proposal", str(path), "--author", "felix@demo.example", "--office", "CO-Jakarta", *more, stdout=out)
    return dict(json.loads(out.getvalue()))


def exported(proposal: Proposal, shape: str, path: Path, *more: str) -> bytes:
    """What `export_proposal` writes."""
    call_command("export_proposal", str(proposal.pk), "--as", shape, "-o", str(path), *more, stderr=StringIO())
    return path.read_bytes()


def test_an_old_file_becomes_a_draft_and_what_finds_no_place_is_told(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(OLD_FILE)
    said = imported(tmp_path / "old.txt")
    proposal = Proposal.objects.get(pk=said["id"])
    assert (proposal.state, proposal.author, proposal.office.code) == (State.DRAFT, cast.felix, "CO-Jakarta")
    filled = {box: text for box, text in said["boxes"].items() if text}
    assert filled == {
        "title": "in Quality Apprenticeships",
        "duty_station": "Jakarta, Indonesia",
        "introduction": "<p>The Country Office works with employers and workers on fair apprenticeships and supports "
        "ministries that want to reform them.</p>",
    }
    assert [doubt["text"] for doubt in said["doubts"]] == ["1999", "May", "2019"]
    assert proposal.doubts.count() == 3
    assert list(said["boxes"]) == list(COMPLETE)


@pytest.mark.parametrize("shape", ["json", "text"])
@pytest.mark.parametrize("frozen", [False, True])
def test_what_goes_out_comes_back_equal(cast: Cast, tmp_path: Path, shape: str, frozen: bool) -> None:
    proposal = bring_to(State.SUBMITTED, cast) if frozen else draft(cast.ana, cast.offices["WORKSKILLS"])
    file = tmp_path / f"proposal.{shape}"
    exported(proposal, shape, file)
    said = imported(file)
    again = Proposal.objects.get(pk=said["id"]).document()
    assert said["boxes"] == COMPLETE
    assert again.answers_digest() == proposal.document().answers_digest()
    assert not said["doubts"]


def test_a_french_file_becomes_a_french_proposal_without_being_told(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "ancien.txt").write_text(
        "INFORMATIONS GÉNÉRALES\n\nLieu d’affectation : Dakar\n\nQUALIFICATIONS ET EXPÉRIENCE\n\nLangues :\n\nWolof.\n"
    )
    said = imported(tmp_path / "ancien.txt")
    proposal = Proposal.objects.get(pk=said["id"])
    assert (proposal.language, said["boxes"]["duty_station"], said["doubts"]) == ("fr", "Dakar", [])
    assert said["boxes"]["languages_minimum"] == "<p>Wolof.</p>"


def test_a_draft_is_marked_as_one_and_a_version_is_not(cast: Cast, tmp_path: Path) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    mark = "Draft – not for publication"
    assert mark in exported(proposal, "text", tmp_path / "a").decode()
    assert mark in text_of(exported(proposal, "pdf", tmp_path / "b"))
    assert json.loads(exported(proposal, "json", tmp_path / "c"))["draft"] is True

    submitted = bring_to(State.SUBMITTED, cast)
    assert mark not in exported(submitted, "text", tmp_path / "d").decode()
    assert mark not in text_of(exported(submitted, "pdf", tmp_path / "e"))
    assert json.loads(exported(submitted, "json", tmp_path / "f"))["draft"] is False
    assert mark in text_of(exported(submitted, "pdf", tmp_path / "g", "--draft"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"Dear colleague,\n\nplease find our report attached.\n", ""),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b'{"a": 1}', "JSON"),
    ],
)
def test_what_is_no_proposal_is_refused_in_a_sentence(cast: Cast, tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(CommandError, match=f"file: .*{sentence}"):
        imported(tmp_path / "file")
    assert not Proposal.objects.exists()


def test_an_unknown_author_office_or_proposal_is_named(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(OLD_FILE)
    for author, office, named in (("x@demo.example", "CO-Jakarta", "x@demo.example"), ("ana@demo.example", "NOWHERE", "NOWHERE")):
        with pytest.raises(CommandError, match=named):
            call_command("import_proposal", str(tmp_path / "old.txt"), "--author", author, "--office", office)
    with pytest.raises(CommandError, match="There is no proposal 4711"):
        call_command("export_proposal", "4711", "-o", str(tmp_path / "x.pdf"))
    with pytest.raises(CommandError, match="cannot be opened"):
        imported(tmp_path / "absent.txt")
