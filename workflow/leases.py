"""Leases: one worker has a row for a while; if it dies, the row comes free again by itself."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

FREE = Q(leased_until=None) | Q(leased_until__lte=Now())
"""Nobody has the row; the database's clock decides, for workers on machines whose clocks differ."""


def claim(due: QuerySet[Any], lease: timedelta) -> int | None:
    """Takes the first free row of those that are due, for as long as the lease runs, and counts the try.

    Returns:
        Its id; None if there is nothing to take.
    """
    while wanted := list(due.filter(FREE).order_by("pk").values_list("pk", flat=True)[:10]):
        for pk in wanted:
            # The condition stands on the row alone, without a join: only then does PostgreSQL test it again after
            # waiting for another worker, and of two that want the same row one changes it.
            row = due.model._base_manager.filter(FREE, pk=pk, state="due")
            if row.update(leased_until=Now() + lease, attempts=F("attempts") + 1):
                return pk
    return None
