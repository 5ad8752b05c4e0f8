"""What the notes beside boxes are sent to by scripts and by the overview; the section's own page knows its buttons itself."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from proposals import notes
from proposals.access import person
from proposals.models import Note
from proposals.saving import asks_for_json
from proposals.sections import form
from proposals.writers import writers_only


@require_POST
@writers_only
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a note beside a box."""
    try:
        note = notes.add(pk, person(request), request.POST.get("box", ""), request.POST.get("text", ""))
    except notes.Unfit as trouble:
        return JsonResponse({"error": str(trouble)}, status=422)
    return _answer(request, note, f"{_section(note)}#notes_{note.box}")


@require_POST
@writers_only
def settle_note(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Notes that a note is dealt with, or opens it again."""
    found = notes.settle(pk, person(request), note, done="reopen" not in request.POST)
    return _answer(request, found, reverse("overview", args=[pk]))


def _answer(request: HttpRequest, note: Note, otherwise: str) -> HttpResponse:
    """The notes beside that box as they are now, to a script; to a person the page to go on with."""
    if not asks_for_json(request):
        return redirect(otherwise)
    fold = notes.folds(note.proposal, [note.box])[note.box]
    shown = render_to_string("proposals/notes_list.html", {"fold": fold}, request)
    return JsonResponse({"summary": fold.summary, "open": len(fold.open), "list": shown})


def _section(note: Note) -> str:
    return reverse("section", args=[note.proposal_id, form(note.proposal.language).section_of[note.box].name])
