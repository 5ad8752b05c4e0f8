"""The home page, lists, a proposal with its history, and the pages on which its steps are taken."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import User
from proposals.access import person, section_with
from proposals.findings import GONE, mend, place_of
from proposals.models import Event, Proposal, Version
from proposals.policy import Role, roles_held, visible_to, with_roles
from proposals.progress import title
from proposals.reasons import keep
from proposals.sections import form as form_in
from proposals.states import State
from proposals.writing import Conflict, NotWritable, when, write
from workflow import findings, lists, outlook
from workflow.engine import NotYours, Overtaken, Refused, case_of, next_number, offers, take
from workflow.forms import MONTHS, Deciding, form_for
from workflow.letters import told
from workflow.models import Letter
from workflow.steps import HOLDER, STEPS, Case, no_open_blocker

LETTERS_SHOWN = 30
LETTER_COLUMNS = ("proposal", "to_name", "to_address", "subject", "state", "written_at", "sent_at", "trouble")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, what is theirs, what has moved."""
    user = person(request)
    shown = [(part, lists.page(part.parts(user), lists.FIRST)) for part in lists.HOME]
    return render(request, "workflow/home.html", {"shown": shown})


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The list: one of the selections, perhaps narrowed by a search."""
    user, typed = person(request), request.GET.get("q", "")
    selection = lists.TABS.get(request.GET.get("show", ""), lists.ALL)
    page = lists.page(lists.matching(selection.parts(user), typed), lists.PAGE, request.GET.get("before", ""))
    context = {
        "tabs": lists.TABS.values(),
        "selection": selection,
        "page": page,
        "q": " ".join(lists.terms(typed)),
        "first": not request.GET.get("before"),
    }
    return render(request, "workflow/proposals.html", context)


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal as this person may see it: who has it, what they may do, its text and its history."""
    user = person(request)
    seen = _fetch(user, pk)
    roles, case = roles_held(seen), case_of(seen)
    text = seen.newest(for_author=Role.AUTHOR in roles) or seen.document()
    who = outlook.holders(seen)
    context = {
        "proposal": seen,
        "title": title(text),
        "who": who,
        "is_orphan": not who and State(seen.state) in HOLDER,
        "since": when(seen.since),
        "buttons": outlook.buttons(seen, offers(case, roles)),
        "screen": outlook.screen(text),
        "found": findings.for_deciders(seen, case.events),
        "history": outlook.history(case.events),
        "versions": outlook.versions(seen, case.events),
        "news": None if Role.AUTHOR in roles else outlook.news(seen, case.events, user),
        "letters": _letters(seen) if roles & {Role.AUTHOR, Role.JPO_UNIT} and case.events else [],
        "issued": _issued(seen),
        "colleagues_link": outlook.colleagues_link(seen, roles, user),
        "may_write": Role.AUTHOR in roles and seen.is_writable,
    }
    return render(request, "workflow/proposal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Announces a step, and takes it when it is sent."""
    if action not in {step.action for step in STEPS}:
        raise Http404
    if request.method == "POST":
        return _take(request, pk, action)
    return _announce(request, pk, action)


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was submitted, with the decisions on it."""
    found = _version(person(request), pk, number)
    events = tuple(Event.objects.filter(proposal=pk).select_related("version"))
    context = {
        "proposal": found.proposal,
        "version": found,
        "title": title(found.document),
        "frozen": when(found.frozen_at),
        "screen": outlook.screen(found.document),
        "history": outlook.history(tuple(event for event in events if event.version_id == found.pk)),
        "versions": outlook.versions(found.proposal, events),
        "before": range(found.number - 1, 0, -1),
    }
    return render(request, "workflow/version.html", context)


@require_safe
def version_changes(request: HttpRequest, pk: int, number: int, since: int) -> HttpResponse:
    """What changed from one version to another, section by section and box by box."""
    user = person(request)
    later, earlier = _version(user, pk, number), _version(user, pk, since)
    context = {
        "proposal": later.proposal,
        "version": later,
        "earlier": earlier,
        "title": title(later.document),
        "frozen": when(later.frozen_at),
        "frozen_before": when(earlier.frozen_at),
        "language": later.document.form.language,
        "between": outlook.between(earlier, later),
    }
    return render(request, "workflow/changes.html", context)


def _fetch(user: User, pk: int) -> Proposal:
    """The proposal, whole, with this person's roles; what they may not see does not exist."""
    try:
        return with_roles(visible_to(user), user).select_related("issue").with_colleagues(pk)
    except Proposal.DoesNotExist:
        raise Http404 from None


def _version(user: User, pk: int, number: int) -> Version:
    seen = Version.objects.filter(proposal__in=visible_to(user).filter(pk=pk), number=number)
    found = seen.select_related("proposal__office", "proposal__author", "proposal__post", "office", "frozen_by").first()
    if found is None:
        raise Http404
    return found


def _letters(seen: Proposal) -> list[dict[str, str]]:
    """The newest letters about a proposal, with what became of them."""
    newest = seen.letters.order_by("-pk").only(*LETTER_COLUMNS)
    return [
        {
            "to": letter.to_name or letter.to_address,
            "subject": letter.subject,
            "state": letter.state,
            "tag": letter.get_state_display(),
            "at": when(letter.sent_at) if letter.sent_at else f"waiting since {when(letter.written_at)}",
            "trouble": "" if letter.state == Letter.State.SENT else letter.trouble,
        }
        for letter in newest[:LETTERS_SHOWN]
    ]


def _issued(seen: Proposal) -> dict[str, str] | None:
    issue = getattr(seen, "issue", None)
    return issue and {"number": str(seen.post), "month": f"{MONTHS[issue.month - 1][1]} {issue.year}"}


def _take(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Takes the step at once: whether it may be taken is asked in its own transaction, not before."""
    user, form, seen = person(request), form_for(action, request.POST), request.POST.get("seen", "")
    try:
        refusal = _keep_reasons(request, pk)
        if mending := request.POST.get("mend"):
            return _announce(request, pk, action, form, said=_mend(user, pk, mending))
        if "keep" in request.POST and not refusal:
            return _announce(request, pk, action, form, said="Your reasons are kept.")
        if changing := request.POST.get("change"):
            return redirect(_words(pk, changing))
        if form.is_valid() and not refusal:
            event = take(action, pk, user, seen=seen, comment=form.cleaned_data["comment"], issuing=form.issuing())
            messages.success(request, f"Done. The proposal is now “{State(event.said['to']).label}”.")
            return HttpResponse(status=303, headers={"Location": reverse("proposal", args=[pk])})
    except Proposal.DoesNotExist:
        raise Http404 from None
    except Overtaken as trouble:
        return _overtaken(request, pk, action, seen, trouble)
    except NotYours as trouble:
        return _not_yours(request, _fetch(user, pk), str(trouble))
    except Refused as trouble:
        refusal = str(trouble)
    return _announce(request, pk, action, form, refusal)


def _keep_reasons(request: HttpRequest, pk: int) -> str:
    """Keeps the reasons that were sent for blockers, whatever becomes of the step; why it could not, in a sentence."""
    reasons = findings.given(request.POST)
    if not reasons or (refusal := findings.too_long(reasons)):
        return refusal if reasons else ""
    try:
        keep(pk, person(request), reasons)
    except (Proposal.DoesNotExist, NotWritable):
        pass  # the step is refused too, and says more
    return ""


def _mend(user: User, pk: int, value: str) -> str:
    """Puts the fix of a finding into a draft, so that it can be brought back; what came of it, in a sentence."""
    box = value.partition(":")[0]
    proposal, section = Proposal.objects.whole().filter(Role.AUTHOR.where(user), pk=pk).first(), section_with(box)
    answer = mend(proposal.document(), value) if proposal and section else None
    if not proposal or not section or answer is None:
        return GONE
    try:
        write(pk, section, user, {box: answer}, getattr(proposal, section.accessor()).revision, keep=True)
    except (Conflict, NotWritable) as trouble:
        return f"{trouble} Nothing was changed."
    return f"It is put right and saved, in “{form_in(proposal.language).boxes[box].title}”."


def _words(pk: int, value: str) -> str:
    """The address of the words of a finding, on the page of their section."""
    section = section_with(value.partition(":")[0])
    return f"{reverse('section', args=[pk, section.name()])}#{place_of(value)}" if section else reverse("overview", args=[pk])


def _announce(
    request: HttpRequest, pk: int, action: str, sent: Deciding | None = None, refusal: str = "", said: str = ""
) -> HttpResponse:
    """The page of a step: what it will do and to whom it will write; once sent, with all that was typed and why it failed.

    Args:
        said: what was done instead of the step.
    """
    user = person(request)
    shown = _fetch(user, pk)
    roles, case = roles_held(shown), case_of(shown)
    offered = offers(case, roles)
    offer = next((offer for offer in offered if offer.step.action == action), None)
    if offer is None:
        return _not_offered(request, action, case, refusal, again=sent is not None)
    for_author = Role.AUTHOR in roles
    text = shown.newest(for_author) or shown.document()
    answers = outlook.answers(shown, text) if offer.step.freezes else []
    only_reasons = offer.obstacle is not None and offer.obstacle == no_open_blocker(case)
    context = {
        "proposal": shown,
        "title": title(text),
        "step": offer.step,
        "obstacle": "" if only_reasons else offer.obstacle,
        "ahead": outlook.announce(offer.step, case, user),
        "form": sent or _blank(action, shown),
        "refusal": refusal,
        "said": said,
        "seen": shown.seen(for_author),
        "others": [button for button in outlook.buttons(shown, offered) if button.action != action],
        "news": None if for_author else outlook.news(shown, case.events, user),
        "answers": answers,
        "missing": [row for _, rows in answers for row in rows if row.problem],
        "blockers": findings.blockers(case, request.POST, complains=bool(sent) and not said) if answers else [],
        "also": findings.also(case) if answers else [],
        "screen": None if answers else outlook.screen(text),
        "found": None if answers else findings.for_deciders(shown, case.events),
    }
    return render(request, "workflow/step.html", context, status=422 if sent and not said else 200)


def _blank(action: str, found: Proposal) -> Deciding:
    """A step's form before anything is typed; for an issue with the year and the number that are proposed."""
    if action != "issue":
        return form_for(action)
    proposed = None if found.post else next_number()
    return form_for(action, initial={"year": timezone.localdate().year, "number": proposed})


def _not_offered(request: HttpRequest, action: str, case: Case, refusal: str, again: bool) -> HttpResponse:
    """Why a step is not there to be taken: it is somebody else's, or the proposal has moved on."""
    if any(offer.step.action == action for offer in offers(case, frozenset(Role))):
        return _not_yours(request, case.proposal, "This is for somebody else to do, and nobody decides on a text of their own.")
    last = case.events[-1] if case.events else None
    sentence = refusal or (told(last) if last else "Nothing has been done with this proposal yet.")
    return _elsewhere(request, case.proposal, "This cannot be done now", sentence, status=409 if again else 200)


def _not_yours(request: HttpRequest, found: Proposal, sentence: str) -> HttpResponse:
    return _elsewhere(request, found, "This is not yours to do", sentence, status=403)


def _overtaken(request: HttpRequest, pk: int, action: str, seen: str, trouble: Overtaken) -> HttpResponse:
    """A page sent twice has done its work; one that is too old says who did what, and keeps what was typed."""
    user = person(request)
    found = _fetch(user, pk)
    place = seen.partition("-")[0]
    if place.isascii() and place.isdigit() and len(place) < 9:
        done = Event.objects.filter(proposal=pk, actor=user, action=action, place=int(place) + 1).first()
        if done:
            return _elsewhere(request, found, "This is done already", told(done), status=200)
    heading = "Somebody was faster" if trouble.event else "The text has changed"
    return _elsewhere(request, found, heading, str(trouble), status=409)


def _elsewhere(request: HttpRequest, found: Proposal, heading: str, sentence: str, status: int) -> HttpResponse:
    """A friendly page in place of a step: what happened, where the proposal is now, and what the person had typed."""
    context = {
        "proposal": found,
        "heading": heading,
        "sentence": sentence,
        "who": outlook.holders(found),
        "since": when(found.since),
        "typed": request.POST.get("comment", "") if status == 409 else "",
    }
    return render(request, "workflow/elsewhere.html", context, status=status)
