"""The PDFs of a version: kept ones are handed out as they lie there, byte for byte, and nothing is printed for it."""

from collections.abc import Collection

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.paper import Edition
from documents.press import CannotPrint
from proposals.access import person
from proposals.models import Rendition
from proposals.policy import visible_to
from workflow.printing import WITH_DECISIONS, file_name, newest, pdf


@require_safe
def version_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The PDF of a version, with the decisions on it."""
    return _handed_out(request, pk, number, WITH_DECISIONS)


@require_safe
def donors_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The PDF of an issued version as donors and the public get it."""
    return _handed_out(request, pk, number, (Edition.PUBLIC,))


def _handed_out(request: HttpRequest, pk: int, number: int, editions: Collection[Edition]) -> HttpResponse:
    """A PDF; a browser that has it already gets none, but only after the question who is asking."""
    seen = visible_to(person(request)).filter(pk=pk)
    rendition = newest(Rendition.objects.filter(version__proposal__in=seen, version__number=number), editions)
    if rendition is None:
        raise Http404
    headers = {"Cache-Control": "private, no-cache"}
    if rendition.state == Rendition.State.DONE:
        headers["ETag"] = f'"{rendition.sha256}"'
        if headers["ETag"] in request.headers.get("If-None-Match", ""):
            return HttpResponse(status=304, headers=headers)
    try:
        content = pdf(rendition)
    except CannotPrint as trouble:
        return render(request, "workflow/cannot_print.html", {"version": rendition.version, "trouble": trouble}, status=503)
    headers["Content-Disposition"] = f'inline; filename="{file_name(rendition)}"'
    return HttpResponse(content, content_type="application/pdf", headers=headers)
