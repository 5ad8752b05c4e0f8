"""A first thread through everything."""

import pytest

from proposals.states import State
from tests.story import bring_to


@pytest.mark.parametrize("field", [False, True])
def test_a_proposal_reaches_its_issue(cast, field):
    proposal = bring_to(State.ISSUED, cast, field=field)
    assert proposal.state == State.ISSUED
