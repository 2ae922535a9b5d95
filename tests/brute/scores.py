"""All scores, in the order of the public surface, and the bounds that come with some of them."""

from __future__ import annotations

from . import networks, opportunities, picture, responsibility
from .model import view


def scores(case, at=None, **rules):
    """{name: number}, what matters first standing first; None where a score is not defined."""
    v = view(case, at, **rules)
    return {
        **networks.counts(v),
        "best_picture": picture.best_picture(v),
        "unshared_pairs": picture.unshared_pairs(v),
        "concern_clusters": len(picture.concern_clusters(v)),
        "exclusive_concerns": len(picture.exclusive_concerns(v)["exclusive"]),
        "smallest_meeting": picture.smallest_meeting(v),
        "unowned_share": responsibility.unowned_share(v),
        "unowned_concerns": len(responsibility.unowned_concerns(v)),
        "diffusion": responsibility.diffusion(v),
        "circular_assumptions": len(responsibility.circular_assumptions(v)),
        "missed_opportunities": opportunities.missed_opportunities(v),
        "missed_share": opportunities.missed_share(v),
        "worry_fragmentation": networks.worry_fragmentation(v),
        "fragmentation": networks.fragmentation(v),
        "distance_fragmentation": networks.distance_fragmentation(v),
        "temporal_fragmentation": networks.temporal_fragmentation(v),
        "current_fragmentation": networks.current_fragmentation(v),
        "agency_fragmentation": networks.agency_fragmentation(v),
        "ei_index": networks.ei_index(v),
    }


def bounds(case, at=None, **rules):
    """{name: number}: what some scores carry besides their headline."""
    v = view(case, at, **rules)
    return {
        "best_picture.low": picture.best_picture_low(v),
        "without_best": picture.without_best(v),
        "unshared_pairs.high": picture.unshared_pairs_high(v),
        "missed_opportunities.low": opportunities.missed_opportunities_low(v),
        "temporal_fragmentation.high": networks.temporal_fragmentation(v, dates="latest"),
    }
