"""`manage.py demo` makes the demonstration: the cast, their offices, and proposals in every state."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisation.models import User
from workflow.demonstration.tale import tell


class Command(BaseCommand):
    """Tells the tale once; a database that knows anybody is left alone."""

    help = "Make the demonstration: an invented cast and proposals in every state (only in an empty database)."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("There are people in this database already; the demonstration is made in an empty one only.")
        with transaction.atomic():
            made = tell()
        self.stdout.write(f"The demonstration is ready: {made} proposals, {User.objects.count()} people (password “demo”).")
