"""When two people wrote in one box: both texts beside each other, and one text made of them as the writer chooses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from documents.comparison import Change, Sign, Take, changes, compose, stretches
from documents.document import digest
from documents.form import Box, Kind
from proposals.access import person, written
from proposals.forms import SectionForm
from proposals.models import Proposal
from proposals.progress import frame
from proposals.sections import Section
from proposals.writing import Conflict, set_aside, take_up, when, write

BUTTON = "two-texts"
"""The button that sends the choices. No name here can be a box's: none of those holds a hyphen or a colon."""
TAKES = {"mine": Take.LATER, "theirs": Take.EARLIER, "both": Take.BOTH}


@dataclass(frozen=True)
class Difference:
    """A line on which two texts differ, and whose is taken if parts are."""

    name: str
    number: int
    change: Change
    taken: str

    @property
    def may_take_both(self) -> bool:
        """Whether both have a line here, each with words of its own."""
        return self.change.sign is Sign.CHANGED


@dataclass(frozen=True)
class Texts:
    """A box with two texts: the writer's own, not saved, and the one that stands."""

    box: Box
    mine: str
    theirs: str
    keep: str
    trouble: str
    parts: list[tuple[list[Difference], list[Change]]]
    """Neighbouring lines: either differences, or lines that are the same in both."""

    @property
    def stands(self) -> str:
        """Which text stood there when the page was made."""
        return digest(self.theirs)

    @property
    def has_parts(self) -> bool:
        """Whether there are lines to choose from."""
        return self.box.kind is Kind.PROSE


def two_texts(
    request: HttpRequest, row: Section, mine: Mapping[str, str], troubles: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page that shows both texts where they differ; the writer's own is set aside first, so that leaving loses nothing.

    Args:
        row: the section as it stands, with the text of somebody else.
        mine: by box, what the writer wanted to save.
        troubles: by box, why a text made of both could not be saved.
    """
    user, proposal = person(request), row.proposal
    set_aside(row, user, mine)
    document = proposal.document()
    context = frame(proposal, document) | {
        "section": document.form.section(row.name()),
        "revision": row.revision,
        "texts": [
            _texts(request, document.form.boxes[name], answer, getattr(row, name), (troubles or {}).get(name, ""))
            for name, answer in mine.items()
            if answer != getattr(row, name)
        ],
        "theirs_is_mine": row.saved_by_id == user.pk,
        "who": row.saved_by,
        "when": when(row.saved_at) if row.saved_at else "",
        "button": BUTTON,
    }
    return render(request, "proposals/conflict.html", context, status=422 if troubles else 409)


def settle(request: HttpRequest, pk: int, model: type[Section]) -> HttpResponse:
    """Saves what was chosen; if somebody has saved again meanwhile, both texts are shown again, with the newest."""
    row: Section = getattr(written(request, pk), model.accessor())
    form = SectionForm(model, data=request.POST)
    form.is_valid()
    mine, user = form.sent(), person(request)
    if any(request.POST.get(f"stands:{name}") != digest(getattr(row, name)) for name in mine):
        return two_texts(request, row, mine)
    boxes = {field.name: field for field in model.fields()}
    chosen = {name: _chosen(request, boxes[name].kind, name, answer, getattr(row, name)) for name, answer in mine.items()}
    if troubles := {name: trouble for name, answer in chosen.items() if (trouble := boxes[name].too_long(answer))}:
        return two_texts(request, row, mine, troubles)
    try:
        saved = write(pk, model, user, chosen, row.revision, keep=True)
    except Conflict as trouble:
        return two_texts(request, trouble.section, mine)
    if chosen == mine:
        take_up(saved, user, mine)
    messages.success(request, f"Saved: {model.heading}. What was not taken over is kept under “Earlier texts”.")
    return redirect("section", pk, model.name())


def keep_late(request: HttpRequest, proposal: Proposal, model: type[Section]) -> bool:
    """Sets aside what an author typed in a section that cannot be written in any more; says whether there was anything."""
    form = SectionForm(model, data=request.POST)
    form.is_valid()
    row: Section = getattr(proposal, model.accessor())
    late = {name: answer for name, answer in form.changed().items() if answer != getattr(row, name)}
    if late:
        set_aside(row, person(request), late)
    return bool(late)


def _texts(request: HttpRequest, box: Box, mine: str, theirs: str, trouble: str) -> Texts:
    compared = changes(theirs, mine, box.kind, moves=False)
    keep = request.POST.get(f"keep:{box.name}", "")
    return Texts(
        box=box,
        mine=mine,
        theirs=theirs,
        keep=keep if keep in ("theirs", "parts") else "mine",
        trouble=trouble,
        parts=list(_parts(request, box.name, compared)),
    )


def _parts(request: HttpRequest, box: str, compared: Sequence[Change]) -> Iterator[tuple[list[Difference], list[Change]]]:
    number, own = 0, _own(compared)
    for differ, lines in stretches(compared):
        if not differ:
            yield [], lines
            continue
        taken = [_taken(request, box, number + place, change, own) for place, change in enumerate(lines)]
        yield [Difference(_name(box, n), n + 1, c, t) for n, (c, t) in enumerate(zip(lines, taken, strict=True), number)], []
        number += len(lines)


def _chosen(request: HttpRequest, kind: Kind, box: str, mine: str, theirs: str) -> str:
    """The text of a box that was chosen."""
    keep = request.POST.get(f"keep:{box}")
    if keep == "parts" and kind is Kind.PROSE:
        compared = changes(theirs, mine, moves=False)
        differing = [change for change in compared if change.differs]
        own = _own(compared)
        return compose(compared, [TAKES[_taken(request, box, n, change, own)] for n, change in enumerate(differing)])
    return theirs if keep == "theirs" else mine


def _taken(request: HttpRequest, box: str, number: int, change: Change, own: frozenset[str]) -> str:
    """Whose line was chosen; until somebody chooses, a line is the writer's own, and none is left out or taken twice."""
    taken = request.POST.get(_name(box, number), "")
    if taken in TAKES:
        return taken
    return "theirs" if change.sign is Sign.REMOVED and change.line.text not in own else "mine"


def _own(compared: Sequence[Change]) -> frozenset[str]:
    """What the lines of the writer's own text say."""
    return frozenset(change.later.text for change in compared if change.later)


def _name(box: str, number: int) -> str:
    return f"part:{box}:{number}"
