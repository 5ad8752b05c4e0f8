"""What must hold in the database after every story, race and fault, whatever happened in between."""

import hashlib
from collections import Counter

from django.conf import settings
from django.db import connection

from proposals.models import Event, Issue, Post, Proposal, Rendition, Version
from workflow.models import Letter
from workflow.verifying import troubles

MOVES = """
submit    draft returned                                     endorsement approval submitted
recall    endorsement approval                               draft
return    endorsement approval submitted                     returned
endorse   endorsement                                        approval submitted
approve   approval                                           submitted
issue     submitted                                          issued
withdraw  draft returned endorsement approval submitted      withdrawn
reopen    withdrawn                                          draft
"""
STATES = "draft returned endorsement approval submitted issued withdrawn".split()
ASK_OR_TELL = {"submit", "return", "endorse", "approve", "issue"}
"""Steps after which somebody besides the one who took them always has to know."""


def _moves() -> set[tuple[str, str, str]]:
    allowed = set()
    for line in MOVES.strip().splitlines():
        action, sources, targets = line[:10].strip(), line[10:61].split(), line[61:].split()
        allowed |= {(action, source, target) for source in sources for target in targets}
    return allowed


def check_invariants() -> None:
    """Asserts that histories, versions, letters, numbers and PDFs fit together (FAULTS, I1 to I4, I6, I7).

    The moves are written out here by hand, so that a mistake in STEPS does not excuse itself.
    """
    allowed, letters = _moves(), list(Letter.objects.order_by("pk"))
    events = list(Event.objects.order_by("proposal", "place").select_related("version"))
    for proposal in Proposal.objects.select_related("version"):
        history = [event for event in events if event.proposal_id == proposal.pk]
        place, state, previous = 0, "draft", ""
        for event in history:
            place += 1
            said = event.said
            assert (event.place, said["from"]) == (place, state), f"{event}: out of its place"
            assert (event.action, said["from"], said["to"]) in allowed, f"{event}: no such move"
            assert event.hash == hashlib.sha256(f"{previous}\n{event.text}".encode()).hexdigest(), f"{event}: altered"
            state, previous = said["to"], event.hash
        assert (proposal.state, proposal.place) == (state, place), f"proposal {proposal.pk}: its state is not its history's"
        versions = list(Version.objects.filter(proposal=proposal).order_by("number"))
        assert [version.number for version in versions] == list(range(1, len(versions) + 1))
        assert proposal.version == (versions[-1] if versions else None)
    assert list(troubles()) == []

    keys = Counter(letter.key for letter in letters)
    assert set(keys.values()) <= {1}
    written = {key.split()[1] for key in keys if key.startswith("event ")}
    assert written <= {str(event.pk) for event in events}, "a letter about a step that was not taken"
    silent = {event.pk for event in events if event.action in ASK_OR_TELL} - {int(pk) for pk in written}
    assert not silent, f"steps nobody was written to about: {silent}"
    mailbox = settings.JPO_MAILBOX
    delivered = [letter.key for letter in letters if letter.to_address == mailbox and letter.key.startswith("event ")]
    assert sorted(delivered) == sorted(f"event {e.pk} to {mailbox}" for e in events if e.said["to"] in ("submitted", "issued"))

    issues = list(Issue.objects.select_related("post", "proposal"))
    assert len({(issue.post_id, issue.year, issue.month) for issue in issues}) == len(issues)
    assert len({post.number for post in Post.objects.all()}) == Post.objects.count()
    assert all(issue.proposal.post_id == issue.post_id and issue.proposal.state == "issued" for issue in issues)
    assert len(issues) == Proposal.objects.filter(state="issued").count()

    for rendition in Rendition.objects.filter(state=Rendition.State.DONE):
        assert hashlib.sha256(bytes(rendition.pdf)).hexdigest() == rendition.sha256
        assert bytes(rendition.pdf).startswith(b"%PDF-")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
