"""What every page knows about the site."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from workflow.demonstration.cast import DOES, PEOPLE


def site(request: HttpRequest) -> dict[str, Any]:
    """The JPO unit's mailbox, whether this is the demonstration (with its cast), and to whom administration and desk are open."""
    return {
        "jpo_mailbox": settings.JPO_MAILBOX,
        "is_demonstration": settings.DEMO,
        "cast": [(name, person, DOES[name]) for name, person in PEOPLE.items()] if settings.DEMO else [],
        "administration_is_open": lambda: admin.site.has_permission(request),
        "desk_is_open": lambda: request.user.is_authenticated and request.user.standing.jpo_unit,
    }
