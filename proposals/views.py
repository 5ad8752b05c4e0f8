"""The pages around the writing of a proposal: its overview, its previews, its details, its deletion."""

from dataclasses import replace
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from documents.form import Box, Form
from documents.paper import Edition, paper, sheet
from documents.press import CannotPrint, press
from proposals import notes
from proposals.access import person, section_called, written
from proposals.doubts import counted, places
from proposals.forms import DetailsForm, valid_offices
from proposals.models import Proposal
from proposals.progress import frame, progress, title
from proposals.states import State
from proposals.writers import writers_only
from proposals.writing import NotWritable, change_details, discard, when


@require_safe
@writers_only
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The sections as a list of tasks, each with what is missing in it."""
    proposal = written(request, pk)
    document = proposal.document()
    doubts = list(proposal.doubts.all())
    left = [doubt for doubt in doubts if doubt.settled_at is None]
    in_sections = counted(document.form, left)
    sections = [replace(part, left=in_sections[part.section.name]) for part in progress(proposal, document)]
    context = frame(proposal, document) | {
        "sections": sections,
        "completed": sum(part.done for part in sections),
        "next": next((part for part in sections if not part.done), None),
        "doubts": [(doubt, *_place(document.form, doubt.box)) for doubt in left],
        "dealt_with": [doubt for doubt in doubts if doubt.settled_at],
        "places": places(document.form) if left else [],
        "notes": notes.open_notes(proposal, document.form),
        "colleagues": proposal.colleagues.filter(until__isnull=True).select_related("user"),
        "returned": _returned(proposal),
        "is_author": proposal.author_id == person(request).pk,
        "may_delete": not proposal.place and proposal.author_id == person(request).pk,
    }
    return render(request, "proposals/overview.html", context)


@require_safe
@writers_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of the draft as it stands, marked as one; for its authors alone."""
    proposal = _previewed(request, pk)
    document = proposal.document()
    try:
        pdf = press(paper(document, kind=Edition.DRAFT, dated=_last_saved(proposal)), attachment=document.text())
    except CannotPrint as trouble:
        return render(request, "proposals/cannot_print.html", frame(proposal, document) | {"trouble": trouble}, status=422)
    name = f"{title(document)} ({document.form.words['draft_mark']}).pdf".replace("/", "-")
    headers = {"Content-Disposition": content_disposition_header(False, name), "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # it stands beside the text, in a frame of the section's page
@writers_only
def sheet_preview(request: HttpRequest, pk: int, name: str = "") -> HttpResponse:
    """The draft as it prints, on the screen: whole, or one section alone; for its authors alone."""
    model = section_called(name) if name else None
    proposal = _previewed(request, pk)
    document = proposal.document()
    shown_alone = document.form.section(name) if model else None
    context = frame(proposal, document) | {
        "section": shown_alone,
        "sheet": sheet(document, shown_alone, dated=_last_saved(proposal)),
        "empty": shown_alone and all(box.is_empty(document[box.name]) for box in shown_alone.boxes),
    }
    return render(request, "proposals/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Language, office and the supervisor's consent to be named to donors."""
    proposal = written(request, pk)
    now = {"language": proposal.language, "named_to_donors": proposal.named_to_donors, "office": proposal.office_id}
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(proposal, _offices_for(proposal), sent, initial=now)
    if form.is_valid():
        change_details(pk, person(request), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("overview", pk)
    context = frame(proposal, proposal.document()) | {"form": form}
    return render(request, "proposals/details.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether a draft that was never submitted shall be deleted; deletes it when that is sent."""
    if request.method == "POST":
        discard(pk, person(request))
        messages.success(request, "The draft is deleted.")
        return redirect("home")
    proposal = written(request, pk)
    if proposal.author_id != person(request).pk:
        raise PermissionDenied("Only the author may delete a draft.")
    if proposal.place:
        raise NotWritable("This proposal was submitted once; it cannot be deleted. You can withdraw it instead.")
    return render(request, "proposals/delete.html", frame(proposal, proposal.document()))


def _previewed(request: HttpRequest, pk: int) -> Proposal:
    """A draft to look at as it prints; what others than its authors may see of it is a version, elsewhere."""
    try:
        return written(request, pk)
    except PermissionDenied:
        raise Http404 from None


def _returned(proposal: Proposal) -> dict[str, str] | None:
    """Who returned a proposal, when and why."""
    event = proposal.events.order_by("-place").first() if proposal.state == State.RETURNED else None
    if event is None:
        return None
    said = event.said
    return {"who": f"{said['actor']['name']} ({said['role']})", "when": when(event.at), "why": said["comment"]}


def _place(form: Form, name: str) -> tuple[Box | None, str]:
    """The box that a doubt may belong to, and the name of its section."""
    return (form.boxes[name], form.section_of[name].name) if name in form.boxes else (None, "")


def _last_saved(proposal: Proposal) -> str:
    return timezone.localtime(max(row.saved_at for row in proposal.sections if row.saved_at)).isoformat()


def _offices_for(proposal: Proposal) -> list[Any]:
    """The offices to choose from: today's, and the one the proposal is for."""
    offices = valid_offices()
    return offices if proposal.office in offices else [*offices, proposal.office]
