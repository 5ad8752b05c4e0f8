"""The desk's pages: issued posts, and what is made of them."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk import issues as desk
from documents.paper import Edition
from documents.press import CannotPrint
from proposals.access import person
from workflow.forms import MONTHS

View = Callable[[HttpRequest], HttpResponseBase]


def of_the_jpo_unit(view: View) -> View:
    """Lets in whoever is appointed to the JPO unit today."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if not person(request).standing.jpo_unit:
            raise PermissionDenied("Issued posts are handed on by the JPO unit.")
        return view(request)

    return answer


@require_safe
@of_the_jpo_unit
def issues(request: HttpRequest) -> HttpResponse:
    """The list of issued posts, perhaps of one year or month."""
    return _list(request)


@require_safe
@of_the_jpo_unit
def issues_zip(request: HttpRequest) -> HttpResponseBase:
    """The PDFs of the chosen posts as one ZIP, sent as it is made."""
    chosen = _chosen(request)
    if isinstance(chosen, HttpResponse):
        return chosen
    return StreamingHttpResponse(desk.zipped(chosen), content_type="application/zip", headers=_kept_as(request, "posts", "zip"))


@require_safe
@of_the_jpo_unit
def issues_catalogue(request: HttpRequest) -> HttpResponseBase:
    """The PDFs of the chosen posts bound into one."""
    chosen = _chosen(request)
    if isinstance(chosen, HttpResponse):
        return chosen
    try:
        pdf = desk.bound(chosen, _time(request), _edition(request), everything=not request.GET.getlist("issue"))
    except CannotPrint as trouble:
        return _list(request, str(trouble), status=503)
    return HttpResponse(pdf, content_type="application/pdf", headers=_kept_as(request, "catalogue", "pdf"))


def _list(request: HttpRequest, trouble: str = "", status: int = 200) -> HttpResponse:
    time, before = _time(request), request.GET.get("before", "")
    found = time.of(desk.issued(person(request)))
    rows, older = desk.page(found, before)
    every = len(desk.chosen(found, ()))
    context = {
        "rows": rows,
        "older": older,
        "first": not before,
        "time": time,
        "years": desk.years(),
        "months": MONTHS,
        "every": every,
        "most": desk.MOST,
        "too_many": every > desk.MOST,
        "ticked": set(request.GET.getlist("issue")),
        "edition": _edition(request),
        "editions": desk.EDITIONS.items(),
        "trouble": trouble,
    }
    return render(request, "desk/issues.html", context, status=status)


def _chosen(request: HttpRequest) -> list[desk.Paper] | HttpResponse:
    """What was chosen; or the page that says why it cannot be handed on as it is."""
    found = _time(request).of(desk.issued(person(request)))
    keys = desk.chosen(found, request.GET.getlist("issue"))
    if not keys:
        return _list(request, "There is no issued post among those you chose. Tick some, or choose another year or month.", 422)
    if len(keys) > desk.MOST:
        return _list(request, f"These are more than {desk.MOST} posts. Choose a year or a month, or tick fewer.", 422)
    papers = desk.papers(found.filter(pk__in=keys), _edition(request))
    missing = [paper for paper in papers if not paper.rendition]
    if missing and (len(missing) == len(papers) or "without" not in request.GET):
        return _not_printed(request, missing, of=len(papers))
    return papers


def _not_printed(request: HttpRequest, missing: list[desk.Paper], of: int) -> HttpResponse:
    without = request.GET.copy()
    without["without"] = "unprinted"
    context = {
        "missing": missing,
        "rest": of - len(missing),
        "edition": desk.EDITIONS[_edition(request)],
        "query": _without_page(request.GET).urlencode(),
        "without": without.urlencode(),
    }
    return render(request, "desk/not_printed.html", context, status=409)


def _without_page(query: QueryDict) -> QueryDict:
    kept = query.copy()
    kept.pop("without", None)
    return kept


def _time(request: HttpRequest) -> desk.Time:
    return desk.Time.asked(request.GET)


def _edition(request: HttpRequest) -> Edition:
    return Edition.ISSUED if request.GET.get("edition") == Edition.ISSUED else Edition.PUBLIC


def _kept_as(request: HttpRequest, what: str, suffix: str) -> dict[str, str]:
    """Under which name a browser keeps the file: "JPO catalogue 2026-05.pdf"."""
    time = _time(request)
    said = "-".join([str(time.year)] * bool(time.year) + [f"{time.month:02d}"] * bool(time.month))
    return {"Content-Disposition": f'attachment; filename="{" ".join(filter(None, ("JPO", what, said)))}.{suffix}"'}
