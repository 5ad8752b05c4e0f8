"""The app's entry; it brings the checks of the settings with it."""

from django.apps import AppConfig
from django.core.checks import register

from workflow.checks import demonstration_stays_at_home


class Workflow(AppConfig):
    """How a proposal moves."""

    name = "workflow"
    verbose_name = "Letters"

    def ready(self) -> None:
        register(demonstration_stays_at_home)
