"""`manage.py restore DIR` brings a backup into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.safekeeping import CannotKeep, restore


class Command(BaseCommand):
    """Checks the backup first; never writes over what is there."""

    help = "Bring a backup into an empty database."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restore(options["folder"])
        except (CannotKeep, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Restored. Now run: manage.py migrate, then manage.py verify.")
