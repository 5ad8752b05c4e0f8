"""The page of one section: shown, saved, and shown again with an example, a doubt or a note put beside its boxes."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from documents.document import Document
from documents.form import Box
from documents.prose import appended, from_typed
from proposals import conflict, notes
from proposals.access import person, section_called, section_with, written
from proposals.doubts import DoesNotFit
from proposals.fields import Prose
from proposals.findings import GONE, beside, mend
from proposals.forms import SUGGESTED, SectionForm, readable, valid_offices
from proposals.models import Proposal
from proposals.notes import Fold
from proposals.progress import frame, progress
from proposals.reasons import found_in
from proposals.saving import asks_for_json, present, save
from proposals.sections import TEMPLATE, Section, form
from proposals.writers import writers_only
from proposals.writing import Conflict, bring_back, place, settle, when, write


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def section(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One section: shown, saved, or shown again with an example put in."""
    model = section_called(name)
    if "mend" in request.POST:
        return _mended(request, pk, model)
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
    model = section_with(name)
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
    model = section_with(request.POST.get("box", ""))
    if model and "revision" in request.POST:
        return _show(request, written(request, pk), model, sent=request.POST, left_out=True)
    return redirect(_doubts_of(pk))


@require_POST
@writers_only
def bring_back_doubt(request: HttpRequest, pk: int, doubt: int) -> HttpResponse:
    """Lists a doubt again that was dealt with."""
    bring_back(pk, doubt, person(request))
    return redirect(_doubts_of(pk))


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


def _mended(request: HttpRequest, pk: int, model: type[Section]) -> HttpResponse:
    """The text of a box as it was sent, with the fix of a finding put in; nothing is saved yet."""
    proposal, sent, value = written(request, pk), request.POST.copy(), request.POST["mend"]
    box = value.partition(":")[0]
    answer = mend(_as_typed(proposal.document(), SectionForm(model, proposal, data=sent)), value) if box in sent else None
    text = None if answer is None else readable(answer) if _is_prose(model, box) else answer
    if asks_for_json(request):
        return JsonResponse({"gone": GONE} if text is None else {"text": text})
    if text is not None:
        sent[box] = text
    return _show(request, proposal, model, sent=sent, said=GONE if text is None else "It is put right. Nothing is saved yet.")


def _is_prose(model: type[Section], box: str) -> bool:
    return any(field.name == box and isinstance(field, Prose) for field in model.fields())


def _as_typed(document: Document, form: SectionForm) -> Document:
    """A document as it would be if what was sent with a form were saved."""
    return replace(document, answers={**document.answers, **form.typed()}) if form.is_bound else document


def _with_note(request: HttpRequest, pk: int, model: type[Section]) -> HttpResponse:
    """The page as it was sent, after a note was added or settled; what was typed in the boxes is not saved by that."""
    proposal = written(request, pk)
    box, trouble = notes.press(pk, person(request), request.POST)
    form = SectionForm(model, data=request.POST)
    others = notes.typed([name for name in form.answers if name != box], request.POST)
    if not trouble and not others and form.is_valid() and not form.changed():
        return redirect(f"{reverse('section', args=[pk, model.name()])}#notes_{box}")
    return _show(request, proposal, model, sent=request.POST, status=422 if trouble else 200, noted=(box, trouble))


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


def _show(
    request: HttpRequest,
    proposal: Proposal,
    model: type[Section],
    form: SectionForm | None = None,
    sent: Any = None,
    status: int = 200,
    example_used: bool = False,
    left_out: bool = False,
    said: str = "",
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
    document, row = proposal.document(), getattr(proposal, model.accessor())
    found = found_in(proposal, _as_typed(document, form))
    form.tell(beside(found.findings, found.kept))
    context = frame(proposal, document) | {
        "section": document.form.section(model.name()),
        "sections": progress(proposal, document, None if form.is_bound else found),
        "form": form,
        "saved": when(row.saved_at) if row.revision else "",
        "last": model is TEMPLATE[-1],
        "example_used": example_used,
        "left_out": left_out,
        "said": said,
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
