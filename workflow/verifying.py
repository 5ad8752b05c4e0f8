"""Proves that nothing that was decided has been altered: chains, digests and stored PDFs, all computed again."""

import hashlib
import itertools
from collections.abc import Iterator

from documents.document import NotADocument, digest
from proposals.models import Event, Rendition, Version
from workflow.printing import check_code, enclosed


def troubles() -> Iterator[str]:
    """Everything that does not add up, a sentence each; nothing, if all is as it was written."""
    yield from _versions()
    yield from _chains()
    yield from _renditions()


def _versions() -> Iterator[str]:
    for version in Version.objects.order_by("pk").iterator(100):
        name = f"Version {version.number} of proposal {version.proposal_id}"
        try:
            document = version.document
        except NotADocument as error:
            yield f"{name} cannot be read: {error}"
            continue
        if document.answers_digest() != version.answers:
            yield f"{name}: its answers are not those that were frozen."
        if document.seal() != version.seal:
            yield f"{name}: its wording is not the one that was frozen."


def _chains() -> Iterator[str]:
    events = Event.objects.select_related("proposal", "version").order_by("proposal", "place").iterator(500)
    for pk, history in itertools.groupby(events, key=lambda event: event.proposal_id):
        previous, place, event = "", 0, None
        for event in history:
            place += 1
            yield from _event(event, previous, place)
            previous = event.hash
        if event and event.proposal.place != place:
            yield f"Proposal {pk} has {place} steps in its history, but counts {event.proposal.place}."
        if event and event.said["to"] != event.proposal.state:
            yield f"Proposal {pk} is “{event.proposal.state}”, but its history ends with “{event.said['to']}”."


def _event(event: Event, previous: str, place: int) -> Iterator[str]:
    name = f"Step {event.place} of proposal {event.proposal_id}"
    if event.place != place:
        yield f"{name} stands where step {place} should."
    if Event.chained(previous, event.text) != event.hash:
        yield f"{name} was altered, or a step before it."
    said = event.said
    if (said["place"], said["action"], said["proposal"]) != (event.place, event.action, event.proposal_id):
        yield f"{name} says something else in its text than in its row."
    if event.version and said["digests"] != {"answers": event.version.answers, "seal": event.version.seal}:
        yield f"{name} was taken on another text than its version holds."


def _renditions() -> Iterator[str]:
    printed = Rendition.objects.filter(state=Rendition.State.DONE).select_related("event", "version")
    for rendition in printed.order_by("pk").iterator(20):
        name = f"The PDF of step {rendition.event_id} ({rendition.edition})"
        if hashlib.sha256(bytes(rendition.pdf or b"")).hexdigest() != rendition.sha256:
            yield f"{name} is not the one that was printed."
        if rendition.source != digest(enclosed(rendition)):
            yield f"{name} is said to enclose another text than its version's."
        if rendition.code and rendition.code != check_code(rendition):
            yield f"{name} has a check code that is not its own."
