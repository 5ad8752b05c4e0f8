"""The three ways in which a proposal begins: blank, as a copy of an earlier one, from an old file."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from documents.prose import clean_line
from documents.reader import NotAProposal
from organisation.models import Office, User
from proposals import sections
from proposals.access import is_author, person, seen
from proposals.forms import CopyForm, FileForm, OfficeForm, valid_offices
from proposals.models import Proposal, answers_of
from proposals.policy import Role, visible_to
from proposals.progress import title
from proposals.states import State
from proposals.uploads import is_cut
from proposals.writing import begin, begin_from_file, when

PAGE, NEAR = 20, 5
LONGEST_SEARCH, MOST_WORDS = 200, 10


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """The three ways to begin."""
    return render(request, "proposals/new.html", {"note": sections.NOTE})


@require_http_methods(["GET", "HEAD", "POST"])
def new_blank(request: HttpRequest) -> HttpResponse:
    """A blank form for an office, in a language."""
    offices = valid_offices()
    form = OfficeForm(offices, _sent(request), initial=_usual(person(request), offices))
    if form.is_valid():
        return _begun(begin(person(request), **form.cleaned_data))
    return _ask(request, "proposals/new_blank.html", form)


@require_safe
def choose_copy(request: HttpRequest) -> HttpResponse:
    """The proposals that this person may copy, those of their own offices first, perhaps narrowed by a search."""
    typed, before = clean_line(request.GET.get("q", "")[:LONGEST_SEARCH]), request.GET.get("before", "")
    found = _matching(visible_to(person(request)), typed)
    near, _ = _rows(found.filter(office__in=_offices_of(person(request))), size=NEAR)
    rows, older = _rows(found.exclude(pk__in=[row["pk"] for row in near]), before)
    context = {"near": [] if before else near, "rows": rows, "older": older, "q": typed, "first": not before}
    return render(request, "proposals/choose_copy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of what this person may see of an earlier proposal."""
    source = seen(request, pk)
    text = source.newest(for_author=is_author(source))
    if text is None:
        raise Http404
    offices = valid_offices()
    usual = _usual(person(request), offices) | {"language": source.language}
    initial = usual | ({"office": source.office_id} if source.office in offices else {})
    form = CopyForm(offices, _sent(request), initial=initial, source=source)
    if form.is_valid():
        proposal = begin(person(request), answers=answers_of(text.answers), follows=source, **form.cleaned_data)
        messages.success(request, "Copied. Check above all duty station, department, supervisor and dates.")
        return _begun(proposal)
    return _ask(request, "proposals/new_copy.html", form, source=source, title=title(text))


@require_http_methods(["GET", "HEAD", "POST"])
def new_file(request: HttpRequest) -> HttpResponse:
    """What an old file says, box by box; what found no place is listed on the overview."""
    offices = valid_offices()
    form = FileForm(offices, _sent(request), request.FILES or None, initial=_usual(person(request), offices))
    form.is_cut = is_cut(request)
    if form.is_valid() and (proposal := _read(form, person(request))):
        return _begun(proposal)
    return _ask(request, "proposals/new_file.html", form)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _usual(user: User, offices: list[Office]) -> dict[str, Any]:
    """What this person chose the last time, as far as it still stands."""
    last = Proposal.objects.filter(author=user).order_by("-pk").values("office", "language").first()
    office = last["office"] if last and any(office.pk == last["office"] for office in offices) else None
    return {"office": office, "language": last["language"] if last else "en"}


def _read(form: FileForm, author: User) -> Proposal | None:
    """The proposal of a file or a pasted text; None if it cannot be read as one, and the form says why."""
    given = form.cleaned_data
    file, text = given["file"], given["text"]
    data, name = (file.read(), file.name) if file else (text.encode(errors="replace"), "")
    try:
        return begin_from_file(author, given["office"], data, name, given["language"])
    except NotAProposal as trouble:
        form.add_error("file" if file else "text", str(trouble))
        return None


def _begun(proposal: Proposal) -> HttpResponse:
    return redirect("overview", proposal.pk)


def _ask(request: HttpRequest, template: str, form: OfficeForm, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.is_bound else 200)


def _matching(proposals: QuerySet[Proposal], typed: str) -> QuerySet[Proposal]:
    """Those that have every word of a search in their title or office, or as their post number."""
    for word in typed.split()[:MOST_WORDS]:
        anywhere = Q(title__icontains=word) | Q(office__code__icontains=word)
        if word.isascii() and word.isdigit() and len(word) <= 6:
            anywhere |= Q(post__number=int(word))
        proposals = proposals.filter(anywhere)
    return proposals


def _offices_of(user: User) -> QuerySet[Proposal, Any]:
    """The offices for which this person writes, alone or with others."""
    return Proposal.objects.filter(Role.AUTHOR.where(user)).values("office")


def _rows(proposals: QuerySet[Proposal], before: str = "", size: int = PAGE) -> tuple[list[dict[str, str]], str]:
    """One page of a list as ready strings, and where the older ones begin ("" if there are none)."""
    if before.isascii() and before.isdigit() and len(before) <= 18:
        proposals = proposals.filter(pk__lt=int(before))
    columns = ("pk", "title", "state", "since", "office__code", "author__name", "post__number")
    found = list(proposals.order_by("-pk").values(*columns)[: size + 1])
    older = str(found[size - 1]["pk"]) if len(found) > size else ""
    return [_row(proposal) for proposal in found[:size]], older


def _row(proposal: dict[str, Any]) -> dict[str, str]:
    number = proposal["post__number"]
    return {
        "pk": proposal["pk"],
        "address": reverse("new_copy", args=[proposal["pk"]]),
        "title": proposal["title"] or "Untitled proposal",
        "number": f"Post {number:04d}" if number else "",
        "office": proposal["office__code"],
        "author": proposal["author__name"],
        "state": proposal["state"],
        "tag": str(State(proposal["state"]).label),
        "since": when(proposal["since"]).partition(",")[0],
    }
