"""Rules for the random cases, and the brute force under the same rules."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

import safetynet as sn
from tests.brute import model

SHORT = sn.Rules(open_ended_days=3, plan_days=5, settled_days=3, intake_days=2, after_closing_days=2)

some_rules = st.builds(
    sn.Rules.with_,
    st.sampled_from([sn.Rules(), SHORT]),
    dates=st.sampled_from(["latest", "earliest"]),
    same_day=st.sampled_from(["any", "none"]),
    unconfirmed=st.sampled_from(["counts", "does_not_count"]),
    weights=st.sampled_from([(1, 2, 3, 4), (1, 1, 1, 1), (1, 4, 9, 16)]),
)


def view(tables: Any, at: Any, rules: sn.Rules) -> model.View:
    """The case at a date as the brute force sees it under these rules."""
    return model.view(tables, at, **{name: getattr(rules, name) for name in model.RULES})
