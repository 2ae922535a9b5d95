"""safetynet: how professionals work together around a child, computed from a chronology.

``import safetynet as sn``; then ``case = sn.load_case("victoria_climbie")`` and a function on the case. Names are
loaded when they are first used, so that the import is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

_WHERE: dict[str, str] = {
    name: module
    for module, names in {
        "case": ("Case",),
        "rules": ("Rules",),
        "score": ("Score",),
        "record.worlds": ("Knowledge", "knowledge"),
        "spread.contact_lists": ("reachability", "earliest_arrival", "latest_departure"),
        "io.cases": ("read_case",),
        "io.draft": ("draft_from_chronology",),
        "io.drafts": ("Draft",),
        "io.exchange.codebook": ("write_codebook",),
        "io.exchange.export": ("export",),
        "io.exchange.qda": ("read_qda",),
        "io.exchange.ssd": ("read_ssd",),
        "io.merge": ("merge_cases",),
        "io.template": ("write_template",),
        "io.writing": ("write_case",),
        "datasets": ("list_cases", "load_case"),
        "privacy": ("pseudonymise", "suppress_small", "uniqueness"),
        "measures.fragmentation": (
            "fragmentation",
            "worry_fragmentation",
            "current_fragmentation",
            "distance_fragmentation",
        ),
        "measures.temporal": ("temporal_fragmentation",),
        "measures.agencies": ("agency_fragmentation", "ei_index", "agency_matrix", "agency_contacts"),
        "measures.key_players": ("key_players",),
        "measures.brokerage": ("brokerage",),
        "measures.bridges": ("boundary_spanners", "single_points_of_failure", "constraint", "effective_size"),
        "measures.sources": ("source_concentration",),
        "measures.continuity": ("continuity",),
        "measures.care_density": ("care_density", "fragmented_care_density"),
        "measures.clusters": ("concern_clusters",),
        "measures.pairs": ("unshared_pairs",),
        "measures.picture": ("best_picture",),
        "measures.responsibility": ("diffusion", "unowned_share"),
        "measures.assumptions": ("assumptions",),
        "measures.beliefs": ("beliefs",),
        "measures.duties": ("duties",),
        "measures.circles": ("circular_assumptions",),
        "measures.chains": ("dead_ends",),
        "measures.unowned": ("days_unowned", "unowned_worries"),
        "measures.requests": ("requests",),
        "measures.action_plan": ("action_plan", "planned_share"),
        "measures.closures": ("closures",),
        "measures.lead": ("lead_professional", "days_without_lead"),
        "measures.services": ("service_gaps",),
        "measures.rhythm": ("meeting_rhythm",),
        "measures.contact_with_child": ("contact_with_child",),
        "measures.enduring_net": ("enduring_net",),
        "measures.practice": ("practice_profile",),
        "measures.team": ("team_around_child",),
        "measures.relationships": ("working_relationships", "shared_along_ties"),
        "measures.channels": ("channel_mix",),
        "measures.exclusive": ("exclusive_concerns",),
        "measures.meeting": ("smallest_meeting", "earliest_picture"),
        "measures.asking": ("who_to_ask",),
        "measures.opportunities": ("missed_opportunities",),
        "measures.occasions": ("missed_share",),
        "measures.withholding": ("held_back",),
        "measures.beyond_need": ("shared_beyond_need",),
        "measures.broken_links": ("broken_links",),
        "measures.coverage": ("meeting_coverage",),
        "measures.patterns": ("patterns",),
        "measures.links": ("links",),
        "measures.latency": ("sharing_latency",),
        "measures.reassurance": ("reach_of_reassurance",),
        "measures.escalation": ("escalation",),
        "measures.status": ("concern_status",),
        "measures.summary": ("scores", "scores_over_time"),
        "review": ("findings", "matters"),
        "study.agreement": ("Agreement", "agreement"),
        "study.alpha": ("krippendorff_alpha",),
        "study.choice": ("contact_choice",),
        "study.cohort": ("Study", "read_study"),
        "study.compared": ("GroupComparison",),
        "tables.labels": ("labelled",),
        "study.comparing": ("compare",),
        "whatif": ("what_if", "smallest_change", "Comparison"),
        "study.envelope": ("envelope",),
        "study.events": ("contact_events",),
        "study.intervals": ("intervals",),
        "study.nulls": ("null_models",),
        "study.sensitivity": ("sensitivity",),
        "study.stability": ("matters_stability",),
        "study.synthetic": ("synthetic",),
        "study.writing": ("write_table",),
        "pages.exploring": ("Explorer", "explorer"),
        "pages.jigsaw_pack": ("jigsaw",),
        "pages.reporting": ("report",),
        "errors": (
            "ArgumentError",
            "CaseError",
            "DateError",
            "FileInTheWayError",
            "MissingExtraError",
            "SafetynetError",
            "SafetynetWarning",
            "UnknownNameError",
        ),
    }.items()
    for name in names
}

_MODULES = ("plot", "tables")  # loaded when they are first used

__all__ = sorted([*_WHERE, *_MODULES, "__version__"])


if TYPE_CHECKING:  # for editors and type checkers; at run time names are loaded when they are first used
    from . import plot as plot
    from . import tables as tables
    from .case import Case as Case
    from .datasets import list_cases as list_cases
    from .datasets import load_case as load_case
    from .errors import ArgumentError as ArgumentError
    from .errors import CaseError as CaseError
    from .errors import DateError as DateError
    from .errors import FileInTheWayError as FileInTheWayError
    from .errors import MissingExtraError as MissingExtraError
    from .errors import SafetynetError as SafetynetError
    from .errors import SafetynetWarning as SafetynetWarning
    from .errors import UnknownNameError as UnknownNameError
    from .io.cases import read_case as read_case
    from .io.draft import draft_from_chronology as draft_from_chronology
    from .io.drafts import Draft as Draft
    from .io.exchange.codebook import write_codebook as write_codebook
    from .io.exchange.export import export as export
    from .io.exchange.qda import read_qda as read_qda
    from .io.exchange.ssd import read_ssd as read_ssd
    from .io.merge import merge_cases as merge_cases
    from .io.template import write_template as write_template
    from .io.writing import write_case as write_case
    from .measures.action_plan import action_plan as action_plan
    from .measures.action_plan import planned_share as planned_share
    from .measures.agencies import agency_contacts as agency_contacts
    from .measures.agencies import agency_fragmentation as agency_fragmentation
    from .measures.agencies import agency_matrix as agency_matrix
    from .measures.agencies import ei_index as ei_index
    from .measures.asking import who_to_ask as who_to_ask
    from .measures.assumptions import assumptions as assumptions
    from .measures.beliefs import beliefs as beliefs
    from .measures.beyond_need import shared_beyond_need as shared_beyond_need
    from .measures.bridges import boundary_spanners as boundary_spanners
    from .measures.bridges import constraint as constraint
    from .measures.bridges import effective_size as effective_size
    from .measures.bridges import single_points_of_failure as single_points_of_failure
    from .measures.broken_links import broken_links as broken_links
    from .measures.brokerage import brokerage as brokerage
    from .measures.care_density import care_density as care_density
    from .measures.care_density import fragmented_care_density as fragmented_care_density
    from .measures.chains import dead_ends as dead_ends
    from .measures.channels import channel_mix as channel_mix
    from .measures.circles import circular_assumptions as circular_assumptions
    from .measures.closures import closures as closures
    from .measures.clusters import concern_clusters as concern_clusters
    from .measures.contact_with_child import contact_with_child as contact_with_child
    from .measures.continuity import continuity as continuity
    from .measures.coverage import meeting_coverage as meeting_coverage
    from .measures.duties import duties as duties
    from .measures.enduring_net import enduring_net as enduring_net
    from .measures.escalation import escalation as escalation
    from .measures.exclusive import exclusive_concerns as exclusive_concerns
    from .measures.fragmentation import current_fragmentation as current_fragmentation
    from .measures.fragmentation import distance_fragmentation as distance_fragmentation
    from .measures.fragmentation import fragmentation as fragmentation
    from .measures.fragmentation import worry_fragmentation as worry_fragmentation
    from .measures.key_players import key_players as key_players
    from .measures.latency import sharing_latency as sharing_latency
    from .measures.lead import days_without_lead as days_without_lead
    from .measures.lead import lead_professional as lead_professional
    from .measures.links import links as links
    from .measures.meeting import earliest_picture as earliest_picture
    from .measures.meeting import smallest_meeting as smallest_meeting
    from .measures.occasions import missed_share as missed_share
    from .measures.opportunities import missed_opportunities as missed_opportunities
    from .measures.pairs import unshared_pairs as unshared_pairs
    from .measures.patterns import patterns as patterns
    from .measures.picture import best_picture as best_picture
    from .measures.practice import practice_profile as practice_profile
    from .measures.reassurance import reach_of_reassurance as reach_of_reassurance
    from .measures.relationships import shared_along_ties as shared_along_ties
    from .measures.relationships import working_relationships as working_relationships
    from .measures.requests import requests as requests
    from .measures.responsibility import diffusion as diffusion
    from .measures.responsibility import unowned_share as unowned_share
    from .measures.rhythm import meeting_rhythm as meeting_rhythm
    from .measures.services import service_gaps as service_gaps
    from .measures.sources import source_concentration as source_concentration
    from .measures.status import concern_status as concern_status
    from .measures.summary import scores as scores
    from .measures.summary import scores_over_time as scores_over_time
    from .measures.team import team_around_child as team_around_child
    from .measures.temporal import temporal_fragmentation as temporal_fragmentation
    from .measures.unowned import days_unowned as days_unowned
    from .measures.unowned import unowned_worries as unowned_worries
    from .measures.withholding import held_back as held_back
    from .pages.exploring import Explorer as Explorer
    from .pages.exploring import explorer as explorer
    from .pages.jigsaw_pack import jigsaw as jigsaw
    from .pages.reporting import report as report
    from .privacy import pseudonymise as pseudonymise
    from .privacy import suppress_small as suppress_small
    from .privacy import uniqueness as uniqueness
    from .record.worlds import Knowledge as Knowledge
    from .record.worlds import knowledge as knowledge
    from .review import findings as findings
    from .review import matters as matters
    from .rules import Rules as Rules
    from .score import Score as Score
    from .spread.contact_lists import earliest_arrival as earliest_arrival
    from .spread.contact_lists import latest_departure as latest_departure
    from .spread.contact_lists import reachability as reachability
    from .study.agreement import Agreement as Agreement
    from .study.agreement import agreement as agreement
    from .study.alpha import krippendorff_alpha as krippendorff_alpha
    from .study.choice import contact_choice as contact_choice
    from .study.cohort import Study as Study
    from .study.cohort import read_study as read_study
    from .study.compared import GroupComparison as GroupComparison
    from .study.comparing import compare as compare
    from .study.envelope import envelope as envelope
    from .study.events import contact_events as contact_events
    from .study.intervals import intervals as intervals
    from .study.nulls import null_models as null_models
    from .study.sensitivity import sensitivity as sensitivity
    from .study.stability import matters_stability as matters_stability
    from .study.synthetic import synthetic as synthetic
    from .study.writing import write_table as write_table
    from .tables.labels import labelled as labelled
    from .whatif import Comparison as Comparison
    from .whatif import smallest_change as smallest_change
    from .whatif import what_if as what_if


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        module = importlib.import_module(f".{_WHERE[name]}", __name__)
        value = getattr(module, name)
        globals()[name] = value
        return value
    if name == "__version__":
        from importlib.metadata import version

        return version("safetynet-networks")
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    from .errors import no_such

    raise no_such("safetynet", name, __all__)


def __dir__() -> list[str]:
    return __all__
