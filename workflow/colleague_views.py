"""The page of a proposal's colleagues, and the pages on which one is removed and the proposal is handed over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisation.models import User
from proposals import colleagues as rows
from proposals.access import is_author, person, refuse
from proposals.models import Act, Colleague, Proposal
from proposals.policy import in_charge, may_hand_over, visible_to, with_roles
from proposals.states import State
from proposals.writing import when
from workflow import colleagues as acts
from workflow.colleague_forms import HandingOver, Inviting


@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: HttpRequest, pk: int) -> HttpResponse:
    """Who writes in a proposal, and what was done about that; its author invites here."""
    proposal = _fetch(request, pk)
    form = Inviting(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if not proposal.in_charge:  # type: ignore[attr-defined]
            raise PermissionDenied
        if form.is_valid() and _done(form, lambda given: acts.invite(pk, person(request), **given)):
            messages.success(request, f"A letter with the invitation is on its way to {form.cleaned_data['address']}.")
            return redirect("colleagues", pk)
    context = _frame(proposal) | {
        "form": form,
        "is_open": proposal.state != State.ISSUED,
        "colleagues": [(row, when(row.since), row.user_id == person(request).pk) for row in rows.present(proposal)],
        "acts": [f"{act} on {when(act.at)}." for act in rows.acts(proposal)],
    }
    return render(request, "workflow/colleagues.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_colleague(request: HttpRequest, pk: int, colleague: int) -> HttpResponse:
    """Asks whether a colleague's part shall end, or one's own; ends it when that is sent."""
    proposal, user = _fetch(request, pk), person(request)
    row = proposal.colleagues.filter(pk=colleague).select_related("user").first()
    if row is None:
        raise Http404
    if not (proposal.in_charge or row.user == user):  # type: ignore[attr-defined]
        raise PermissionDenied
    leaves = row.user == user
    try:
        acts.still_open(proposal)
        if request.method == "POST":
            acts.remove(pk, user, colleague)
            messages.success(request, "You have left the proposal." if leaves else f"{row.user} no longer writes in it.")
            return redirect("home") if leaves else redirect("colleagues", pk)
    except (Proposal.DoesNotExist, Colleague.DoesNotExist):
        refuse(request, pk)
    except acts.Refused as trouble:
        return _told(request, pk, str(trouble))
    if row.until:
        return _told(request, pk, f"{row.user} no longer writes in it.", "colleagues")
    return render(request, "workflow/remove_colleague.html", _frame(proposal) | {"colleague": row, "leaves": leaves})


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom a proposal is handed over, then what that does, then it is done."""
    proposal, user = _fetch(request, pk), person(request)
    if not proposal.hands_over:  # type: ignore[attr-defined]
        if again := _mine_once(request, proposal):
            return again
        raise PermissionDenied
    try:
        acts.still_open(proposal)
    except acts.Refused as trouble:
        return _told(request, pk, str(trouble))
    present = [row.user for row in rows.present(proposal) if row.user.is_active]
    form = HandingOver(present, proposal.author, user, request.POST if request.method == "POST" else None)
    context = _frame(proposal) | {"form": form, "mine": proposal.author == user}
    if not form.is_bound or not form.is_valid():
        return render(request, "workflow/hand_over.html", context, status=422 if form.is_bound else 200)
    if "confirmed" not in request.POST:
        return _confirm(request, proposal, form, context | {"named": _named(form, present)})
    if not _done(form, lambda given: acts.hand_over(pk, user, **given)):
        template = "workflow/hand_over_confirm.html" if form.has_error("knowing") else "workflow/hand_over.html"
        return render(request, template, context | {"named": _named(form, present), "again": True}, status=422)
    messages.success(request, f"The proposal is handed over. A letter is on its way to {form.cleaned_data['address']}.")
    stays = proposal.author != user or not form.cleaned_data["leaves"]
    return redirect("proposal", pk) if stays else redirect("home")


def _fetch(request: HttpRequest, pk: int) -> Proposal:
    """A proposal with what this person may do about its colleagues; for its authors, and for whoever may hand it over.

    Raises:
        Http404: they may not see it.
        PermissionDenied: they see it, and this is for others.
    """
    user = person(request)
    seen = with_roles(visible_to(user), user).whole()
    allowed = {"in_charge": in_charge(user), "hands_over": may_hand_over(user)}
    found = seen.annotate(**{name: Case(When(q, then=True), default=False) for name, q in allowed.items()}).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not (is_author(found) or found.hands_over):  # type: ignore[attr-defined]
        raise PermissionDenied
    return found


def _done(form: Inviting, act: Any) -> bool:
    """Does what a form asks for; what speaks against it stands in the form."""
    given = {name: form.cleaned_data[name] for name in ("address", "name", "knowing")}
    if "leaves" in form.cleaned_data:
        given["stays"] = not form.cleaned_data["leaves"]
    try:
        act(given)
    except acts.Unsure as trouble:
        form.add_error("knowing", str(trouble))
    except acts.Refused as trouble:
        form.add_error("address", str(trouble))
    except Proposal.DoesNotExist:
        raise PermissionDenied from None  # somebody else has it since the page was made
    return not form.errors


def _confirm(request: HttpRequest, proposal: Proposal, form: HandingOver, context: dict[str, Any]) -> HttpResponse:
    """What handing over will do; nothing is done yet."""

    def try_out(given: dict[str, Any]) -> None:
        acts.examine(Act.Kind.HANDED_OVER, proposal, person(request), given["address"], given["knowing"])

    if _done(form, try_out) or form.has_error("knowing"):
        return render(request, "workflow/hand_over_confirm.html", context)
    return render(request, "workflow/hand_over.html", context, status=422)


def _mine_once(request: HttpRequest, proposal: Proposal) -> HttpResponse | None:
    """The button was pressed twice: it is done already."""
    last = proposal.acts.filter(kind=Act.Kind.HANDED_OVER).order_by("-pk").first()
    if request.method != "POST" or last is None or last.by_id != person(request).pk:
        return None
    return _told(request, proposal.pk, f"The proposal is handed over; its author is {proposal.author}.")


def _named(form: HandingOver, present: list[User]) -> str:
    """Whom the page names: a colleague by name; somebody else by the address that was typed, known here or not."""
    address = form.cleaned_data.get("address", "")
    return next((user.name for user in present if user.email == address), address)


def _told(request: HttpRequest, pk: int, sentence: str, where: str = "proposal") -> HttpResponse:
    messages.info(request, sentence)
    return redirect(where, pk)


def _frame(proposal: Proposal) -> dict[str, Any]:
    """What every page here says about its proposal: never the words of a draft, which not all of its readers may see."""
    return {"proposal": proposal, "title": proposal.title or "Untitled proposal", "writes": is_author(proposal)}
