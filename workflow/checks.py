"""What must not come together in the settings: the demonstration is open to whoever reaches it."""

import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error

LOOPBACK = {"127.0.0.1", "localhost"}


def demonstration_stays_at_home(app_configs: Any = None, **more: Any) -> Sequence[Error]:
    """The demonstration signs anybody in as anybody: it stays on this computer, with data and letters of its own."""
    return demonstration_errors(settings.DEMO, settings.SITE_URL, os.environ)


def demonstration_errors(demo: bool, site: str, environment: Mapping[str, str]) -> list[Error]:
    """What speaks against running as the demonstration, each as an error of Django's checks."""
    if not demo:
        return []
    found = [f"{name} is set" for name in ("DATABASE_URL", "EMAIL_URL") if environment.get(name)]
    if urlsplit(site).hostname not in LOOPBACK:
        found.append("SITE_URL names a host other than 127.0.0.1 or localhost")
    return [
        Error(
            f"JPO_DEMO is set, and {words}.",
            hint="The demonstration lets anybody sign in as anybody. Unset JPO_DEMO for a real site; script/run alone sets it.",
            id="jpo.E001",
        )
        for words in found
    ]
