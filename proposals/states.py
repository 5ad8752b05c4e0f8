"""Where a proposal can stand."""

from django.db import models


class State(models.TextChoices):
    """The states of a proposal, in the office's words."""

    DRAFT = "draft", "Draft"
    RETURNED = "returned", "Returned to the author"
    ENDORSEMENT = "endorsement", "With the Director"
    APPROVAL = "approval", "With the regional HR Partner"
    SUBMITTED = "submitted", "With the JPO unit"
    ISSUED = "issued", "Issued"
    WITHDRAWN = "withdrawn", "Withdrawn"


WRITABLE = (State.DRAFT, State.RETURNED)
"""The states in which the author may write."""
