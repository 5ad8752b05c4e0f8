"""Whatever a story about the workflow tells, afterwards everything must fit together."""

import pytest

from tests.invariants import check_invariants
from workflow.demonstration.cast import Cast


@pytest.fixture
def cast(cast: Cast):
    """The cast of a story that ends with the invariants."""
    yield cast
    check_invariants()
