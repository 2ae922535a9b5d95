"""For each kind of finding: a small case in which it is found, near twins in which it is not, and what refutes it.

Rows are those of :mod:`tests.builder`: ``"2 told T>S c1 phone"`` is on the second day of 2024. Every case is asked
about on the day `at`. `refute` are rows added by hand as the kind's own words say ("a row by which …"), or other tables
where it speaks of a date or a permission. A strength goes when one of `keys` goes.
"""

from __future__ import annotations

from tests.review.example import Example
from tests.review.examples_child import contact, decisions, patterns, reassurance, sources, voices
from tests.review.examples_known import fellows, kept, meetings, messages, timing, warned
from tests.review.examples_work import actions, closures, duties, lead, ratings, requests, responsibility, services
from tests.review.examples_worked import strengths

EXAMPLES: dict[str, Example] = {
    kind: example
    for subject in (
        kept,
        timing,
        fellows,
        messages,
        meetings,
        warned,
        contact,
        voices,
        patterns,
        reassurance,
        sources,
        decisions,
        requests,
        ratings,
        responsibility,
        actions,
        duties,
        lead,
        closures,
        services,
        strengths,
    )
    for kind, example in subject().items()
}
