"""Notes that the authors of a draft write to each other beside a box: never printed, never part of a version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from documents.form import Box, Form, Kind
from documents.prose import clean_line
from organisation.models import User
from proposals.models import Note, Proposal
from proposals.policy import Role
from proposals.sections import form
from proposals.writing import NotWritable, closed, when

MOST_CHARACTERS, MOST_OPEN = 2000, 200
SETTLED_SHOWN = 10


class Unfit(Exception):
    """A note that is not kept; the message says why, to its writer, whose words stay on the page."""


@dataclass
class Fold:
    """The notes beside one box, as the page of its section shows them."""

    proposal_id: int
    box: str
    notes: list[Note] = field(default_factory=list)
    typed: str = ""
    trouble: str = ""
    unfolded: bool = False

    @property
    def open(self) -> list[Note]:
        """Those that nobody has dealt with yet."""
        return [note for note in self.notes if not note.settled_at]

    @property
    def settled(self) -> list[Note]:
        """Those that are dealt with, the latest first; old ones are kept and not shown."""
        return [note for note in self.notes if note.settled_at][: -SETTLED_SHOWN - 1 : -1]

    @property
    def summary(self) -> str:
        """What stands on the fold: "2 notes"."""
        count = len(self.open)
        if count:
            return "1 note" if count == 1 else f"{count} notes"
        return "Notes, all settled" if self.notes else "Add a note"


@transaction.atomic
def add(pk: int, user: User, box: str, text: str) -> Note:
    """Keeps a note; the same words again, while they are open, are the same note.

    Raises:
        Proposal.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its authors' hands.
        Note.DoesNotExist: there is no such box to write beside.
        Unfit: there is nothing in it, or too much.
    """
    proposal, text = _held(pk, user), tidy(text)
    if box not in form(proposal.language).boxes:
        raise Note.DoesNotExist
    if not text:
        raise Unfit("Write the note first.")
    if len(text) > MOST_CHARACTERS:
        room = f"there is room for {MOST_CHARACTERS:,}. Shorten it; your words are still here."
        raise Unfit(f"This note has {len(text):,} characters; {room}")
    still_open = proposal.notes.filter(settled_at__isnull=True)
    if same := still_open.filter(author=user, box=box, text=text).first():
        return same
    if still_open.count() >= MOST_OPEN:
        raise Unfit(f"There are {MOST_OPEN} open notes in this proposal. Settle some of them first; your words are still here.")
    return Note.objects.create(proposal=proposal, box=box, author=user, text=text)


@transaction.atomic
def settle(pk: int, user: User, note: int, done: bool = True) -> Note:
    """Says that a note is dealt with, or opens it again; done twice, it stays as it is.

    Raises:
        Proposal.DoesNotExist, Note.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its authors' hands.
    """
    found = _held(pk, user).notes.get(pk=note)
    if done != bool(found.settled_at):
        found.settled_at, found.settled_by = (timezone.now(), user) if done else (None, None)
        found.save(update_fields=["settled_at", "settled_by"])
    return found


def press(pk: int, user: User, sent: Mapping[str, str]) -> tuple[str, str]:
    """Does what a button beside a box asks for, on the page of its section.

    Returns:
        The box, and why its note was not kept ("" if it was).

    Raises:
        as `add` and `settle` do.
    """
    if "note" in sent:
        box = sent["note"]
        try:
            add(pk, user, box, sent.get(f"note_{box}", ""))
        except Unfit as trouble:
            return box, str(trouble)
        return box, ""
    number = sent.get("settle_note") or sent.get("reopen_note", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Note.DoesNotExist
    return settle(pk, user, int(number), done="settle_note" in sent).box, ""


PRESSED = ("note", "settle_note", "reopen_note")
"""The names of those buttons."""


def typed(boxes: Collection[str], sent: Mapping[str, str]) -> dict[str, str]:
    """Notes that were typed beside boxes and sent along with the section, without the button for them being pressed."""
    return {box: text for box in boxes if (text := tidy(sent.get(f"note_{box}", "")))}


def tidy(text: str) -> str:
    """A note as it is kept: lines of plain text, without the characters that no database holds."""
    return "\n".join(map(clean_line, text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))).strip()


def folds(proposal: Proposal, boxes: Collection[str]) -> dict[str, Fold]:
    """The notes beside some boxes, in one query."""
    found = {box: Fold(proposal.pk, box) for box in boxes}
    for note in proposal.notes.filter(box__in=boxes).select_related("author", "settled_by"):
        found[note.box].notes.append(note)
    return found


def open_notes(proposal: Proposal, words: Form) -> list[tuple[Note, Box | None, str]]:
    """The open notes of a proposal, each with its box and the name of its section, in the order of the form."""
    order = {name: place for place, name in enumerate(words.boxes)}
    found = proposal.notes.filter(settled_at__isnull=True).select_related("author")
    placed = [(note, words.boxes.get(note.box), words.section_of[note.box].name if note.box in order else "") for note in found]
    return sorted(placed, key=lambda place: order.get(place[0].box, len(order)))


def as_boxes(boxes: Collection[Box], sent: Mapping[str, str]) -> list[tuple[Box, str]]:
    """Typed notes beside boxes, to be shown where nothing could be kept."""
    return [
        (Box(f"note_{box.name}", Kind.LINE, label=f"Your note beside “{box.title}”"), text)
        for box in boxes
        for text in typed([box.name], sent).values()
    ]


def said(note: Note) -> str:
    """Who wrote a note and when; and who settled it."""
    if note.settled_at:
        return f"{note.author}, {when(note.written_at)}; settled by {note.settled_by}, {when(note.settled_at)}"
    return f"{note.author}, {when(note.written_at)}"


def _held(pk: int, user: User) -> Proposal:
    proposal = Proposal.objects.locked(pk, Role.AUTHOR.where(user))
    if sentence := closed(proposal):
        raise NotWritable(sentence)
    return proposal
