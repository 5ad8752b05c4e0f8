"""`manage.py verify` computes every digest again: chains of events, versions, stored PDFs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.models import Event, Rendition, Version
from workflow.verifying import troubles


class Command(BaseCommand):
    """Says what does not add up; exit status 1 if anything does not."""

    help = "Recompute the chains of events, the digests of versions and the stored PDFs."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for found, sentence in enumerate(troubles(), 1):  # noqa: B007 - the last number is told
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{found} things do not add up.")
        self.stdout.write(
            f"All is as it was written: {Event.objects.count()} steps, {Version.objects.count()} versions, "
            f"{Rendition.objects.filter(state=Rendition.State.DONE).count()} PDFs."
        )
