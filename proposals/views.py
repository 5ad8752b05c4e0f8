"""The pages on which a proposal is written: its overview, one page for each section, its preview and its details."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.document import Document
from documents.form import Box, Form
from documents.paper import Edition, paper, sheet
from documents.press import CannotPrint, press
from documents.prose import appended, from_typed
from proposals import conflict, notes
from proposals.access import is_author, person, refuse, section_called, seen, written
from proposals.doubts import DoesNotFit, counted, places
from proposals.fields import Prose
from proposals.forms import SUGGESTED, DetailsForm, SectionForm, readable, valid_offices
from proposals.models import Doubt, Note, Proposal
from proposals.notes import Fold
from proposals.progress import progress, title
from proposals.saving import asks_for_json, present, save, told_closed
from proposals.sections import TEMPLATE, Section, form
from proposals.states import State
from proposals.writing import Conflict, NotWritable, bring_back, change_details, discard, place, settle, when, write

Page = Callable[..., HttpResponse]


def writers_only(page: Page) -> Page:
    """Where a proposal cannot be written in, a page is answered by a sentence: why, and what was typed."""

    @functools.wraps(page)
    def answered(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        try:
            return page(request, pk, **more)
        except (Doubt.DoesNotExist, Note.DoesNotExist):
            raise Http404 from None
        except Proposal.DoesNotExist:
            refuse(request, pk)
        except NotWritable as trouble:
            return told_closed(trouble) if asks_for_json(request) else _not_writable(request, pk, str(trouble), **more)

    return answered


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
    context = _frame(proposal, document) | {
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


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def section(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One section: shown, saved, or shown again with an example put in."""
    model = section_called(name)
    if request.method == "POST" and asks_for_json(request):
        return save(request, pk, model)
    if conflict.BUTTON in request.POST:
        return conflict.settle(request, pk, model)
    if "use_example" in request.POST:
        return _with_example(request, pk, model)
    if request.POST.keys() & set(notes.PRESSED):
        return _with_note(request, pk, model)
    if request.method == "POST":
        return _save(request, pk, model)
    proposal = written(request, pk)
    return _show(request, proposal, model, SectionForm(model, proposal))


@require_POST
@writers_only
def here(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Notes that somebody has a section open, and says who else has."""
    return present(request, pk, section_called(name))


@require_POST
@writers_only
def place_doubt(request: HttpRequest, pk: int, doubt: int) -> HttpResponse:
    """Puts a doubt into a box: from the overview, or from a section's page with what was typed there."""
    name = request.POST.get("box", "")
    model = _section_with(name)
    sent = SectionForm(model, data=request.POST) if model and "revision" in request.POST else None
    if model and sent and not sent.is_valid():
        return _show(request, written(request, pk), model, status=422)
    typed, revision = (sent.changed(), sent.cleaned_data["revision"]) if sent else ({}, None)
    try:
        section = place(pk, doubt, person(request), name, typed, revision)
    except Conflict as trouble:
        return conflict.two_texts(request, trouble.section, typed)
    except DoesNotFit as trouble:
        return _does_not_fit(request, pk, name, str(trouble), model if sent else None)
    box = form(section.proposal.language).boxes[name]
    messages.success(request, f"Saved. The piece of your file stands at the end of “{box.title}”.")
    return redirect(f"{reverse('section', args=[pk, section.name()])}#div_id_{name}" if sent else _doubts_of(pk))


@require_POST
@writers_only
def settle_doubt(request: HttpRequest, pk: int, doubt: int) -> HttpResponse:
    """Notes that a doubt is dealt with; a section's page is shown again with what was typed there."""
    settle(pk, doubt, person(request))
    if not request.accepts("text/html"):
        return HttpResponse(status=204)
    model = _section_with(request.POST.get("box", ""))
    if model and "revision" in request.POST:
        return _show(request, written(request, pk), model, sent=request.POST, left_out=True)
    return redirect(_doubts_of(pk))


@require_POST
@writers_only
def bring_back_doubt(request: HttpRequest, pk: int, doubt: int) -> HttpResponse:
    """Lists a doubt again that was dealt with."""
    bring_back(pk, doubt, person(request))
    return redirect(_doubts_of(pk))


@require_safe
@writers_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of the draft as it stands, marked as one; for its authors alone."""
    proposal = _previewed(request, pk)
    document = proposal.document()
    try:
        pdf = press(paper(document, kind=Edition.DRAFT, dated=_last_saved(proposal)))
    except CannotPrint as trouble:
        return render(request, "proposals/cannot_print.html", _frame(proposal, document) | {"trouble": trouble}, status=422)
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
    context = _frame(proposal, document) | {
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
    context = _frame(proposal, proposal.document()) | {"form": form}
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
    return render(request, "proposals/delete.html", _frame(proposal, proposal.document()))


def _previewed(request: HttpRequest, pk: int) -> Proposal:
    """A draft to look at as it prints; what others than its authors may see of it is a version, elsewhere."""
    try:
        return written(request, pk)
    except PermissionDenied:
        raise Http404 from None


def _save(request: HttpRequest, pk: int, model: type[Section]) -> HttpResponse:
    form = SectionForm(model, data=request.POST)
    beside = notes.typed(form.answers, request.POST) if "go" in request.POST else {}  # a script's save leaves them alone
    if not form.is_valid():
        return _show(request, written(request, pk), model, status=422)
    for box, text in beside.items():
        try:
            notes.add(pk, person(request), box, text)
        except notes.Unfit as trouble:
            return _show(request, written(request, pk), model, status=422, noted=(box, str(trouble)))
    try:
        write(pk, model, person(request), form.changed(), form.cleaned_data["revision"], form.marks())
    except Conflict as trouble:
        return conflict.two_texts(request, trouble.section, form.changed())
    messages.success(request, f"Saved: {model.heading}.")
    match request.POST.get("go"):
        case "stay":
            return redirect("section", pk, model.name())
        case "overview":
            return redirect("overview", pk)
    following = dict(zip(TEMPLATE, TEMPLATE[1:], strict=False)).get(model)
    return redirect("section", pk, following.name()) if following else redirect("overview", pk)


def _with_example(request: HttpRequest, pk: int, model: type[Section]) -> HttpResponse:
    """The page as it was sent, with an example or one of its sentences at the end of a box; nothing is saved yet."""
    proposal = written(request, pk)
    sent = request.POST.copy()
    name, _, place = request.POST["use_example"].partition(":")
    boxes = {box.name: box for box in form(proposal.language).section(model.name()).boxes}
    more, typed = _example(boxes[name], place) if name in boxes else "", sent.get(name, "")
    if fits := bool(more) and len(typed) <= Prose.most_characters:
        sent[name] = readable(appended(from_typed(typed), more))
    return _show(request, proposal, model, sent=sent, example_used=fits)


def _example(box: Box, place: str) -> str:
    """The example of a box, or the sentence at a place of its list; nothing if there is none."""
    if not place:
        return box.example
    return dict(zip(map(str, range(len(box.sentences))), box.sentences, strict=True)).get(place, "")


def _with_note(request: HttpRequest, pk: int, model: type[Section]) -> HttpResponse:
    """The page as it was sent, after a note was added or settled; what was typed in the boxes is not saved by that."""
    proposal = written(request, pk)
    box, trouble = notes.press(pk, person(request), request.POST)
    form = SectionForm(model, data=request.POST)
    others = notes.typed([name for name in form.answers if name != box], request.POST)
    if not trouble and not others and form.is_valid() and not form.changed():
        return redirect(f"{reverse('section', args=[pk, model.name()])}#notes_{box}")
    return _show(request, proposal, model, sent=request.POST, status=422 if trouble else 200, noted=(box, trouble))


def _show(
    request: HttpRequest,
    proposal: Proposal,
    model: type[Section],
    form: SectionForm | None = None,
    sent: Any = None,
    status: int = 200,
    example_used: bool = False,
    left_out: bool = False,
    noted: tuple[str, str] = ("", ""),
) -> HttpResponse:
    """The page of a section: as it is stored, or with what was sent."""
    form = form or _as_sent(model, proposal, sent or request.POST)
    if any(name in form.fields for name in SUGGESTED):
        form.suggest(valid_offices(), proposal.language)
    form.put_beside(proposal.doubts.filter(settled_at__isnull=True, box__in=form.answers))
    whole = form.answers if len(form.answers) == len(list(model.fields())) else {}  # a page that mends some boxes has no notes
    for name, fold in notes.folds(proposal, whole).items():
        form.answers[name].notes = _with_typed(fold, request.POST, *noted)
    document = proposal.document()
    row = getattr(proposal, model.accessor())
    context = _frame(proposal, document) | {
        "section": document.form.section(model.name()),
        "sections": progress(proposal, document),
        "form": form,
        "saved": when(row.saved_at) if row.revision else "",
        "last": model is TEMPLATE[-1],
        "example_used": example_used,
        "left_out": left_out,
        "noted": bool(noted[0]) and not noted[1],
        "note_trouble": noted if noted[1] else None,
    }
    return render(request, "proposals/section.html", context, status=status)


def _with_typed(fold: Fold, sent: Any, box: str, trouble: str) -> Fold:
    """The notes beside a box, with what was typed for one and is not kept yet."""
    kept = fold.box == box and not trouble
    fold.typed = "" if kept else sent.get(f"note_{fold.box}", "")
    fold.trouble = trouble if fold.box == box else ""
    fold.unfolded = bool(fold.box == box or fold.typed)
    return fold


def _as_sent(model: type[Section], proposal: Proposal, sent: Any) -> SectionForm:
    """The form with what was sent; a page that asked for some boxes only is shown again with those alone."""
    only = None if sent.get("opened") else [field.name for field in model.fields() if field.name in sent]
    return SectionForm(model, proposal, data=sent, only=only)


def _not_writable(request: HttpRequest, pk: int, sentence: str, name: str = "", **more: Any) -> HttpResponse:
    """Why nothing was saved, with the text that was typed; a page that was only asked for leads to the proposal."""
    if request.method != "POST":
        messages.info(request, sentence)
        return redirect("proposal", pk)
    proposal = seen(request, pk)
    if model := _section_with(request.POST.get("box", "")):
        name = model.name()
    boxes = [field.box() for field in section_called(name).fields()] if name else []
    typed = [(box, request.POST[box.name]) for box in boxes if request.POST.get(box.name, "").strip()]
    typed += notes.as_boxes(boxes, request.POST)
    kept = bool(typed) and is_author(proposal) and conflict.keep_late(request, proposal, section_called(name))
    context = {"proposal": proposal, "sentence": sentence, "typed": typed, "kept": kept}
    return render(request, "proposals/not_writable.html", context, status=409)


def _does_not_fit(request: HttpRequest, pk: int, box: str, sentence: str, model: type[Section] | None) -> HttpResponse:
    """Why a doubt was not put into a box: beside that box with all that was typed, or on the overview."""
    if model is None:
        messages.error(request, sentence)
        return redirect(_doubts_of(pk))
    proposal = written(request, pk)
    shown_again = _as_sent(model, proposal, request.POST)
    shown_again.add_error(box, sentence)
    return _show(request, proposal, model, shown_again, status=422)


def _doubts_of(pk: int) -> str:
    return f"{reverse('overview', args=[pk])}#doubts"


def _section_with(box: str) -> type[Section] | None:
    """The section in which a box stands."""
    return next((section for section in TEMPLATE if any(field.name == box for field in section.fields())), None)


def _frame(proposal: Proposal, document: Document) -> dict[str, Any]:
    """What every drafting page says about its proposal."""
    return {"proposal": proposal, "title": title(document)}


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
