"""`manage.py workflow` prints the workflow as a table and as a diagram."""

from typing import Any

from django.core.management.base import BaseCommand

from workflow.picture import diagram, table


class Command(BaseCommand):
    """Prints what STEPS says."""

    help = "Print the workflow: every step as a table, and a Mermaid diagram."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{table()}\n\n```mermaid\n{diagram()}\n```")
