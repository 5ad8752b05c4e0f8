"""PDFs that a step makes due: what they say, and what becomes of them when the press fails."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from documents.paper import Decision, Issued
from documents.press import MISSING, CannotPrint, renderer
from proposals.models import Event, Proposal, Rendition
from proposals.sections import DutiesAndResponsibilities
from proposals.states import State
from proposals.writing import change_details, write
from tests.documents import pdfs
from tests.invariants import check_invariants
from tests.mail.conftest import time_passes
from tests.mail.peer import Peer
from tests.story import bring_to, draft, step
from workflow.engine import Issuing
from workflow.models import Letter
from workflow.printing import decisions_of, issued_of, newest, pdf, print_due, print_rendition

pytestmark = pytest.mark.django_db


def events(proposal: Proposal) -> list[Event]:
    """What has happened to a proposal."""
    return list(proposal.events.select_related("version"))


def lines(proposal: Proposal, upto: int | None = None) -> list[tuple[str, str, str, str, int | str]]:
    """The table of decisions as it stood after some step: stage, name, role, decision, version."""
    past = events(proposal)[:upto]
    assert past[-1].version
    return [(d.stage, d.name, d.office_role, d.decision, d.version) for d in decisions_of(past, past[-1].version)]


@pytest.fixture
def press_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Says whether the press works: if not, it finds a damaged library where it looks first."""
    renderer()
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"no library")

    def works(well: bool) -> None:
        if well:
            monkeypatch.delenv("LD_LIBRARY_PATH")
        else:
            monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))

    return works


def shown(proposal: Proposal) -> bytes:
    """The PDF of a proposal's newest version, as it is handed out."""
    assert proposal.version
    rendition = newest(proposal.version.renditions.all())
    assert rendition
    return pdf(rendition)


def rewrite(proposal: Proposal, duties: str) -> None:
    """The author writes other duties."""
    row = proposal.dutiesandresponsibilities
    row.refresh_from_db()
    write(proposal.pk, DutiesAndResponsibilities, proposal.author, {"duties": duties}, row.revision)


def test_the_table_of_decisions_says_who_decided_on_this_very_text(cast: Any) -> None:
    proposal = bring_to(State.ISSUED, cast, field=True)
    author = ("Author", "Felix Tanoto", "", "Submitted", 1)
    director = ("Director", "Diego Santoso", "Director, CO-Jakarta", "Endorsed", 1)
    partner = ("HR Partner", "Hugo Marchetti", "HR Partner, Asia and the Pacific", "Approved", 1)
    assert lines(proposal, 1) == [author]
    assert lines(proposal, 2) == [author, director]
    assert lines(proposal, 3) == lines(proposal, 4) == [author, director, partner]

    last = events(proposal)[-1]
    assert last.version
    assert decisions_of(events(proposal), last.version)[1] == Decision(
        stage="Director",
        name="Diego Santoso",
        office_role="Director, CO-Jakarta",
        decision="Endorsed",
        on=timezone.localtime(events(proposal)[1].at).isoformat(),
        version=1,
        digest=last.version.answers,
        acting_for="",
    )
    assert issued_of(last) == Issued(str(proposal.post), "March", 2027)
    assert [issued_of(event) for event in events(proposal)[:-1]] == [None] * 3


def test_a_deputy_decides_in_the_name_of_somebody_and_the_table_says_so(cast: Any, time_machine: Any) -> None:
    time_machine.move_to(timezone.now() + timedelta(days=25))
    proposal = bring_to(State.ENDORSEMENT, cast)
    step("endorse", proposal, cast.adele)
    past = events(proposal)
    assert past[-1].version
    assert [(d.name, d.acting_for) for d in decisions_of(past, past[-1].version)] == [
        ("Ana Lindqvist", ""),
        ("Adele Fontaine", "Dina Haddad"),
    ]


def test_a_decision_stands_for_the_same_text_only(cast: Any) -> None:
    proposal = bring_to(State.APPROVAL, cast, field=True)
    endorsed = ("Director", "Diego Santoso", "Director, CO-Jakarta", "Endorsed", 1)

    step("return", proposal, cast.hugo, comment="Please say more.")
    step("submit", proposal, cast.felix)
    assert lines(proposal) == [("Author", "Felix Tanoto", "", "Submitted", 1), endorsed]
    past = events(proposal)
    assert past[-1].version
    newest = [timezone.localtime(past[place].at).isoformat() for place in (3, 1)]
    assert [decision.on for decision in decisions_of(past, past[-1].version)] == newest

    step("return", proposal, cast.hugo, comment="Please do say more.")
    rewrite(proposal, "<p>Other duties.</p>")
    step("submit", proposal, cast.felix)
    assert lines(proposal) == [("Author", "Felix Tanoto", "", "Submitted", 2)]


def test_a_pdf_is_printed_once_and_kept_with_what_printed_it(cast: Any) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    assert proposal.version
    fresh = shown(proposal)
    rendition = Rendition.objects.get()
    assert (rendition.state, rendition.attempts, rendition.pdf) == ("due", 0, None), "reading changes no row"

    assert (print_due(), print_due()) == (True, False)

    rendition.refresh_from_db()
    kept = bytes(rendition.pdf or b"")
    assert (rendition.state, rendition.attempts, rendition.leased_until, rendition.trouble) == ("done", 1, None, "")
    assert (rendition.sha256, rendition.printed_with) == (hashlib.sha256(kept).hexdigest(), renderer())
    assert rendition.printed_at
    assert kept.startswith(b"%PDF-") and kept.rstrip().endswith(b"%%EOF")
    assert kept == fresh == shown(proposal) == print_rendition(rendition)


def test_a_pdf_that_is_printed_late_says_what_was_decided_up_to_its_step(cast: Any) -> None:
    bring_to(State.SUBMITTED, cast, field=True)
    while print_due():
        pass
    said = [pdfs.text(bytes(rendition.pdf or b"")) for rendition in Rendition.objects.order_by("pk")]
    assert [[word in text for word in ("Submitted", "Endorsed", "Approved")] for text in said] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_the_newest_printed_pdf_of_a_version_is_the_one_that_is_shown(cast: Any) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    assert proposal.version
    print_due()
    submitted = shown(proposal)
    step("endorse", proposal, cast.dina)
    assert shown(proposal) == submitted
    print_due()
    assert shown(proposal) == bytes(Rendition.objects.order_by("-pk")[0].pdf or b"") != submitted


def test_a_press_that_fails_keeps_no_decision_waiting_and_is_tried_again(
    cast: Any, by_hand: Peer, press_works: Callable[[bool], None]
) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    press_works(False)
    assert proposal.version

    call_command("worker", once=True)
    rendition = Rendition.objects.get()
    assert (rendition.state, rendition.attempts, rendition.trouble, rendition.pdf) == ("due", 1, MISSING, None)
    assert rendition.leased_until
    assert timedelta(seconds=25) < rendition.leased_until - timezone.now() <= timedelta(seconds=30)
    with pytest.raises(CannotPrint, match="misses libraries"):
        shown(proposal)

    step("endorse", proposal, cast.dina)
    press_works(True)
    time_passes()
    call_command("worker", once=True)
    assert list(Rendition.objects.order_by("pk").values_list("state", "attempts", "trouble")) == [
        ("done", 2, ""),
        ("done", 1, ""),
    ]
    assert {letter.state for letter in Letter.objects.all()} == {"sent"}
    check_invariants()


def test_a_pdf_that_never_prints_is_given_up_and_its_letters_say_why(
    cast: Any, by_hand: Peer, press_works: Callable[[bool], None]
) -> None:
    bring_to(State.ENDORSEMENT, cast)
    told = Letter.objects.create(key="another", subject="Another", body="Good day.", to_address="ana@demo.example")
    press_works(False)

    pauses = []
    while (rendition := Rendition.objects.get()).state == "due":
        time_passes()
        call_command("worker", once=True)
        rendition.refresh_from_db()
        if rendition.leased_until:
            pauses.append(round((rendition.leased_until - timezone.now()).total_seconds() / 30))

    assert pauses == [1, 4, 20, 60]
    assert (rendition.state, rendition.attempts, rendition.trouble) == ("failed", 5, MISSING)
    asked = Letter.objects.get(enclosure=rendition)
    assert (asked.state, asked.trouble) == ("failed", f"Its PDF could not be printed: {MISSING}")
    told.refresh_from_db()
    assert told.state == "sent"
    assert [letter.recipients for letter in by_hand.letters] == [("ana@demo.example",)]


def test_no_name_keeps_a_paper_from_being_printed(cast):
    """The desk and whoever invites are told; a name that came another way stands under the decision by its codes."""
    cast.dina.name = "李明 Haddad"
    cast.dina.save()
    proposal = bring_to(State.SUBMITTED, cast)
    assert print_due() and print_due()  # for the Director, and for the JPO unit
    assert "[U+674E][U+660E]Haddad" in "".join(pdfs.text(shown(proposal)).split())


@pytest.mark.parametrize("agreed", [False, True])
def test_donors_get_no_decisions_and_no_supervisor_who_has_not_agreed_to_be_named(cast: Any, agreed: bool) -> None:
    begun = draft(cast.ana, cast.offices["WORKSKILLS"])
    change_details(begun.pk, cast.ana, "en", named_to_donors=agreed)
    step("submit", begun, cast.ana)
    step("endorse", begun, cast.dina)
    step("issue", begun, cast.june, issuing=Issuing(5, 2027))
    while print_due():
        pass
    issued, public = Rendition.objects.filter(event__action="issue").order_by("pk")
    assert (issued.edition, public.edition, issued.source == public.source) == ("issued", "public", agreed)
    whole, told = bytes(issued.pdf or b""), bytes(public.pdf or b"")
    answers = begun.document().answers
    personal = [answers["supervisor_name"], answers["supervisor_email"]]
    for printed, named, decided in ((whole, True, True), (told, agreed, False)):
        parts = pdfs.text(printed), pdfs.enclosures(printed), pdfs.links(printed), pdfs.drawn(printed)
        said = " ".join(f"{parts}".replace("\\n", " ").split())
        assert [word in said for word in personal] == [named, named]
        assert [word in said for word in ("DECISIONS", "Dina Haddad")] == [decided] * 2
    assert answers["supervisor_title"] in " ".join(pdfs.text(told).split())
    assert f"Check code {public.code[:5]}-{public.code[5:]}" in pdfs.text(told)
    assert public.code != issued.code
