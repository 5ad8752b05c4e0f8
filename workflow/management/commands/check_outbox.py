"""`manage.py check_outbox`: says how the post office is; its exit status tells a monitor when somebody should look."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.outbox import complaints, health


class Command(BaseCommand):
    """Exit status 0 if letters leave, 1 if one waits too long or no worker is at work."""

    help = "Say how long letters wait and how many could not be sent; exit status 1 if somebody should look."

    def handle(self, *args: Any, **options: Any) -> None:
        found = health()
        self.stdout.write(json.dumps(found))
        if said := complaints(found):
            raise CommandError(" ".join(said))
