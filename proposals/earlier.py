"""Earlier texts of a section: which there are, what has changed since, and how one is brought back."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.comparison import BoxChanges, changes, words_between
from documents.form import Box
from documents.paper import shown
from proposals import conflict
from proposals.access import person, section_called, written
from proposals.forms import Revision
from proposals.models import EarlierText, Proposal
from proposals.progress import frame
from proposals.sections import Section
from proposals.writers import writers_only
from proposals.writing import Conflict, when, write

PAGE = 20


@dataclass(frozen=True)
class Kept:
    """An earlier text, as the list shows it."""

    row: EarlierText
    when: str
    differing: list[Box]
    came: int
    went: int


@require_safe
@writers_only
def earlier_texts(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The earlier texts of a section, the newest first, each with what has changed since."""
    model = section_called(name)
    proposal = written(request, pk)
    rows = proposal.earlier_texts.filter(section=name).select_related("written_by").order_by("-pk")
    before = Revision().clean(request.GET.get("before"))
    if before > 0:
        rows = rows.filter(pk__lt=before)
    shown_here = rows[: PAGE + 1]
    kept = [_kept(row, proposal, model) for row in shown_here]
    context = _frame(proposal, model) | {"kept": kept[:PAGE], "more": kept[PAGE - 1].row.pk if len(kept) > PAGE else 0}
    return render(request, "proposals/earlier_texts.html", context | {"first": before <= 0})


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def earlier_text(request: HttpRequest, pk: int, name: str, number: int) -> HttpResponse:
    """What has changed since an earlier text; brings it back when that is sent."""
    model = section_called(name)
    proposal = written(request, pk)
    earlier = proposal.earlier_texts.filter(section=name, pk=number).select_related("written_by").first()
    if earlier is None:
        raise Http404
    if request.method == "POST":
        return _bring_back(request, proposal, model, earlier)
    row: Section = getattr(proposal, model.accessor())
    boxes = list(_boxes(earlier, proposal, model))
    compared = [BoxChanges(box, changes(earlier.answers[box.name], getattr(row, box.name), box.kind)) for box in boxes]
    context = _frame(proposal, model) | {
        "earlier": earlier,
        "when": _when(earlier),
        "differing": [box for box in compared if box.differs],
        "several": len(boxes) > 1,
        "whole": [(box, shown(box, earlier.answers[box.name])) for box in boxes],
        "revision": row.revision,
    }
    return render(request, "proposals/earlier_text.html", context)


def _bring_back(request: HttpRequest, proposal: Proposal, model: type[Section], earlier: EarlierText) -> HttpResponse:
    """Saves an earlier text again, whole or one box of it; what stood there is kept."""
    chosen = request.POST.get("box")
    boxes = [box for box in _boxes(earlier, proposal, model) if chosen in (None, "", box.name)]
    answers = {box.name: earlier.answers[box.name] for box in boxes}
    revision = Revision().clean(request.POST.get("revision"))
    try:
        write(proposal.pk, model, person(request), answers, revision, keep=True)
    except Conflict as trouble:
        return conflict.two_texts(request, trouble.section, answers)
    back = f"“{boxes[0].title}”" if chosen and boxes else "The text"
    messages.success(request, f"{back} of {_when(earlier)} is back. What stood here is kept under “Earlier texts”.")
    return redirect("section", proposal.pk, model.name())


def _frame(proposal: Proposal, model: type[Section]) -> dict[str, object]:
    document = proposal.document()
    row: Section = getattr(proposal, model.accessor())
    return frame(proposal, document) | {
        "section": document.form.section(model.name()),
        "saved": when(row.saved_at) if row.revision else "",
    }


def _kept(row: EarlierText, proposal: Proposal, model: type[Section]) -> Kept:
    now: Section = getattr(proposal, model.accessor())
    differing = [box for box in _boxes(row, proposal, model) if row.answers[box.name] != getattr(now, box.name)]
    came, went = words_between(
        {box: row.answers[box.name] for box in differing}, {box: getattr(now, box.name) for box in differing}
    )
    return Kept(row, _when(row), differing, came, went)


def _boxes(row: EarlierText, proposal: Proposal, model: type[Section]) -> Iterator[Box]:
    """The boxes of an earlier text that the form still has."""
    section = proposal.document().form.section(model.name())
    return (box for box in section.boxes if box.name in row.answers)


def _when(row: EarlierText) -> str:
    return when(row.written_at or row.kept_at)
