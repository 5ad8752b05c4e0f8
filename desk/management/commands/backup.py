"""`manage.py backup DIR` writes a copy of everything, while the portal is in use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.safekeeping import CannotKeep, backup


class Command(BaseCommand):
    """One folder, one file of data, one note with its checksum."""

    help = "Write a consistent copy of the whole portal into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = backup(options["folder"])
        except (CannotKeep, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes. Keep it as safe as the portal itself.")
