"""What every page knows about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The JPO unit's mailbox, and whether this is the demonstration."""
    return {"jpo_mailbox": settings.JPO_MAILBOX, "is_demonstration": settings.DEMO}
