"""The app's entry; it brings the checks of the form's declaration with it."""

import importlib

from django.apps import AppConfig


class Proposals(AppConfig):
    """What a proposal is, and who stands where to it."""

    name = "proposals"

    def ready(self) -> None:
        importlib.import_module("proposals.checks")  # only now: it reads the models
