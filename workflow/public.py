"""The pages that everybody may read: help, accessibility, privacy, and the portal's health."""

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.paper import shown
from proposals.sections import form
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
