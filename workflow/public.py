"""The pages that everybody may read: help, accessibility, privacy, the check of a PDF, and the portal's health."""

import shutil

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from documents.opened import CannotPrint
from documents.paper import shown
from proposals.sections import form
from proposals.uploads import is_cut
from workflow import verification
from workflow.forms import CheckCodeForm, CheckFileForm
from workflow.outbox import complaints, health

LEAST_DISK = 200 * 1024 * 1024
"""With less room than this a database soon refuses to write."""


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to write a proposal and how it goes: the form's note, the ways it moves, the guidance of every box."""
    paper_form = form("en")
    sections = [
        (section, [(box, shown(box, box.example) if box.example else None) for box in section.boxes])
        for section in paper_form.sections
    ]
    return render(request, "workflow/help.html", {"note": paper_form.note, "sections": sections})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the portal does so that everybody can use it, and where it falls short."""
    return render(request, "workflow/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal knows about people, who sees it and how long it stays."""
    return render(request, "workflow/privacy.html", {"session_days": settings.SESSION_COOKIE_AGE // 86400})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Tells anybody whether a PDF is the endorsed text, unchanged, and to which post a printed paper belongs."""
    if request.method != "POST":
        return _verify(request)
    if not consume(request, action="verify"):
        return _verify(request, too_often=True, status=429)
    if "code" in request.POST:
        by_code = CheckCodeForm(request.POST)
        if not by_code.is_valid():
            return _verify(request, by_code=by_code, status=422)
        return _verify(request, finding=verification.of_code(by_code.cleaned_data["code"]))
    by_file = CheckFileForm(request.POST, request.FILES)
    by_file.is_cut = is_cut(request)
    if not by_file.is_valid():
        return _verify(request, by_file=by_file, status=422)
    try:
        return _verify(request, finding=verification.of_file(by_file.cleaned_data["file"].read()))
    except CannotPrint as trouble:
        by_file.add_error("file", str(trouble))
        return _verify(request, by_file=by_file, status=503)


def _verify(request: HttpRequest, *, status: int = 200, **said: object) -> HttpResponse:
    """The page of the check, with what was found or what stands in the way."""
    context = {"by_file": CheckFileForm(), "by_code": CheckCodeForm(), **said}
    context["form"] = context["by_code"] if getattr(context["by_code"], "errors", None) else context["by_file"]
    return render(request, "workflow/verify.html", context, status=status)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """How the portal is, for a machine that watches it: 200 when all is well, 503 when somebody should see to it."""
    try:
        found = health()
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False, "complaints": ["The database does not answer."]}, status=503)
    free = shutil.disk_usage(settings.BASE_DIR).free
    said = complaints(found) + (["The disk is nearly full."] if free < LEAST_DISK else [])
    answer = {"ok": not said, "database": True, "disk_free_mb": free // 1024 // 1024, **found, "complaints": said}
    return JsonResponse(answer, status=503 if said else 200)
