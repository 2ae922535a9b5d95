"""Tidy tables: one description of every column, so that a name has one meaning and one dtype everywhere.

:func:`tidy` makes a table of lines. It looks up in :data:`COLUMNS` what each column holds, so that an empty table has
the dtypes of a full one; the documentation takes the meanings from the same place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from .dates import datetime64

if TYPE_CHECKING:
    import pandas as pd

Holds = Literal["text", "ids", "day", "whole", "number", "flag", "maybe", "thing"]
DTYPES: dict[Holds, str] = {
    "text": "str",
    "ids": "object",  # a tuple
    "day": "datetime64[s]",  # given as an ordinal; NaT = no date
    "whole": "Int64",  # <NA> = not defined
    "number": "float64",
    "flag": "bool",
    "maybe": "boolean",  # <NA> = the record does not say
    "thing": "object",
}


class Record(Protocol):
    """A line as a named tuple."""

    def _asdict(self) -> dict[str, Any]: ...


class Column(NamedTuple):
    """What a column of a result holds, and what it means."""

    holds: Holds
    meaning: str


_LISTED: dict[Holds, dict[str, str]] = {
    "text": {
        "action_standing": "How that action stands: live, completed, refused, overdue, lapsed.",
        "actor": "A professional, or an agency that itself appeared.",
        "agency": "The agency that somebody counts as.",
        "aspect": "The aspect of the team around the child.",
        "assumed": "Who was assumed to act.",
        "assumed_agency": "The agency of who was assumed to act.",
        "by": "By what people are told apart.",
        "case": "The name of the case in its study.",
        "category": "The category of the concern.",
        "channel": "The channel of the contact rows.",
        "child": "The child.",
        "choice": "What was chosen otherwise: a rule, a grain of the coding, or a row that is left out.",
        "concern": "The concern.",
        "differences": "In what two rows differ that are taken for one; parted by semicolons.",
        "direction": "Which way contacts that are not in the record can move the score: up, down, either.",
        "ends_with": "Where a chain of assumptions ends.",
        "finding": "What was found about the service: no service, several agencies at once, gap in time.",
        "first": "One of the two.",
        "found": "What the record shows of it now.",
        "found_then": "What the record showed of it when it was assumed.",
        "from": "The concern, person or agency that a line starts from.",
        "holder": "Who has it on record: a person or an agency's file.",
        "holder_agency": "The agency of the holder.",
        "how": "How it came to them: saw it, said it, was told, was at the meeting, may have been passed on.",
        "id": "The id of a person or an agency.",
        "in_a": "What the first coder has: ids, code words, numbers or dates.",
        "in_b": "What the second coder has: ids, code words, numbers or dates.",
        "kind": "The kind of the line, in the words of its table's page.",
        "last_action": "The row of the action that counts most: one that puts the worry in hand, else the latest.",
        "left_out": "Why a contact is not read as a choice; empty where it is.",
        "main_source": "Whose word most of it rests on.",
        "mark": "Which mark of the practice profile the share reaches.",
        "matter": "The matter that a finding belongs to.",
        "meaning": "What the number means.",
        "measure": "The measure.",
        "name": "The name.",
        "need": "What was needed.",
        "now": "How it stands at the date asked for.",
        "outcome": "The outcome on record.",
        "party": "A person or an agency.",
        "permission": "The permission word that held.",
        "person": "A person.",
        "quality": "The quality of the tie.",
        "quarter": "The quarter of a year.",
        "question": "The question.",
        "real": "Whether the case is real or illustrative.",
        "reason": "Why it is not defined, or why something was not shared, decided or done.",
        "reassurance": "The reassurance.",
        "receiver": "Whom the sender turned to, or could have turned to.",
        "recipient": "To whom.",
        "refute": "What would refute it.",
        "row": "The chronology row.",
        "row_a": "The row of the first coder.",
        "row_b": "The row of the second coder.",
        "rule": "The law, protocol, policy or plan that laid the duty.",
        "said": "What the record says, in a sentence.",
        "score": "The score.",
        "second": "The other of the two.",
        "sector": "The sector of the agency.",
        "sender": "From whom.",
        "setting": "What was chosen instead.",
        "set_off_by": "The row that set it off; several parted by semicolons.",
        "side": "gap or strength.",
        "sooner": "Which of the two was on record sooner: worry, reassurance, same day.",
        "state": "How it stands.",
        "state_after": "How it would stand: certain, possible or no record.",
        "state_before": "How it stands without the change: certain, possible or no record.",
        "statement": "What the record shows, in a sentence.",
        "status": "How it stands, in the words of the measure.",
        "stopped_at": "The last row in time in which anybody came to have it, whether or not a way leads on.",
        "table": "The table of the case.",
        "taken_by": "By what an id is taken for another coder’s: given, id, name, likeness.",
        "term": "The term of a model, named as the column that it is about.",
        "theme": "The theme of the finding.",
        "then": "How it stood when the row was made.",
        "tie": "The quality of the tie between the two; unrecorded where there is none.",
        "title": "The title.",
        "to": "The concern, person or agency that a line leads to.",
        "unit": "The unit of the value.",
        "what": "What is taken away.",
        "why": "Why it has that weight.",
        "world": "The world of knowledge: recorded, possible or permitted.",
    },
    "ids": {
        "about": "Whom it is about.",
        "absent": "Who mattered to a meeting and was not there.",
        "actions": "The rows of the actions.",
        "actors": "Professionals and agencies.",
        "adds": "The worries that this one adds to those before.",
        "agencies": "Ids of agencies.",
        "aside_by": "The rows of the decisions that have put it aside.",
        "available": "The worries that somebody in the meeting had on record by its first day.",
        "both": "The involved professionals who have both on record.",
        "came": "The concerns that came to be known.",
        "came_back": "The rows that show the worry again.",
        "chain": "Who counted on whom, in order.",
        "concerns": "Ids of concerns.",
        "each_other": "The rows by which the other party believed, or left to the holder, the same.",
        "family": "People of the family and its support.",
        "farther": "Whom it would have reached in the contacts that followed.",
        "files": "The agencies whose file has it.",
        "findings": "Positions in the table of findings.",
        "first_hand": "Who saw it themselves.",
        "groups": "Groups of nodes, of a graph of one’s own.",
        "holders": "Who has it on record.",
        "in_cases": "The names of the cases that they are in.",
        "informed": "The involved professionals who work with the family and have it on record.",
        "involved_holders": "The involved professionals who have it on record.",
        "kept_concerns": "The worries of a cluster that just one of its people has on record.",
        "kinds": "The kinds of tie.",
        "knew": "Who of that party had it on record.",
        "lanes": "The lanes of those in who of a row.",
        "absent_lanes": "The lanes of those who mattered to a row and were not there.",
        "present_lanes": "The lanes of those who were in the room and took no part.",
        "rows_a": "The rows of the first coder.",
        "rows_b": "The rows of the second coder.",
        "to_lanes": "The lanes of those whom a row went to, or was about.",
        "later": "What would have come later: (holder, worry, days).",
        "leaving": "Who of the informed is on record as leaving it to others.",
        "left_to": "Whom they assume to act.",
        "left_holders": "The professionals who have it on record and have left.",
        "left_without": "What an agency would have been left without: (agency, worry).",
        "lost": "What would have been lost: (holder, worry).",
        "met_before": "Who had met with them in the time before.",
        "meeting_rows": "The rows of the meetings.",
        "missing": "What is missing of the picture.",
        "new": "What was new to whom.",
        "nodes": "Nodes of a graph of one’s own.",
        "not_on_record": "The concerns of the action that none of its owners has on record.",
        "only": "The worries that no other professional has on record.",
        "only_here": "The worries that no other cluster has.",
        "only_link_to": "The agencies that only this one joins.",
        "not_there": "The agencies involved that day that were not there.",
        "on_days": "The days on which it would have had the same effect: (first day, last day).",
        "others": "The others whom each of the informed can see: (person, how many).",
        "owners": "Who owns an action on it.",
        "parties": "The two parties.",
        "partners": "The partner agencies involved then.",
        "parts": "The parts into which the rest would fall.",
        "people": "Ids of people.",
        "present": "Who was in the room and took no part.",
        "ratings": "What coders rated: (coder, level).",
        "reassured": "Who has the reassurance on record.",
        "reassured_only": "Who has the reassurance on record, and none of the worries that it answers.",
        "recipients": "To whom.",
        "relayed": "Who has it only at two removes or more.",
        "rows": "Ids of the chronology rows behind the line, by date.",
        "saw": "The worries that they are on record as having seen or heard themselves.",
        "seen_by": "Who is on record as having seen or heard what they have only from others.",
        "senders": "From whom.",
        "source_not_recorded": "Who said it, with no record of where they had it from.",
        "sources": "Whose word it rests on, most of it first.",
        "tabled": "The worries that were put on the table.",
        "taken_back": "The rows that take an assumption back.",
        "tie_kinds": "The kinds of tie.",
        "told": "Who was told.",
        "told_later": "Who was told only later.",
        "unique": "The worries that only one in the meeting had on record.",
        "unowned": "The spells without an owner: (first day, last day).",
        "untold": "Who was not told, as far as the record shows.",
        "via": "Through whom.",
        "with_agencies": "The other agencies in contact.",
        "with_groups": "The other groups in contact, of a graph of one’s own.",
        "would_have_brought": "Who was not in the row, and what more they would have brought: (person, worries).",
    },
    "day": {
        "at": "The day asked for.",
        "agreed_on": "The day on which it was agreed.",
        "answered_on": "The day of the answer.",
        "date": "The day.",
        "declined_on": "The day of the refusal.",
        "done_on": "The day on which it was done.",
        "due": "The day by which it is due.",
        "earliest": "The first day on which it may have happened.",
        "end": "The last day.",
        "first_contact": "The day of the first contact.",
        "first_known": "The day by which a professional first had it on record.",
        "first_known_possible": "The first day on which a professional may have had it.",
        "first_shared": "The day by which it was first shared.",
        "from_date": "The first day on which it would have been in time.",
        "had_it": "The first day on which they may have had it.",
        "informed_since": "Since when the worry was on record.",
        "known_after": "The day by which it would be known.",
        "known_before": "The day by which it is known without the change.",
        "last_chance": "The last day on which they could still have passed it on.",
        "last_contact": "The day of the last contact.",
        "last_date": "The last day on which it would still have been in time.",
        "latest": "The day by which it has certainly happened.",
        "lead": "The day by which the lead professional had it.",
        "lead_possible": "The first day on which the lead professional may have had it.",
        "on_record": "The day by which the agency had it on record after all.",
        "other_agency": "The day by which another agency had it.",
        "other_agency_possible": "The first day on which another agency may have had it.",
        "police": "The day by which the police had it.",
        "police_possible": "The first day on which the police may have had it.",
        "read_on": "The day by which it was read.",
        "reassured_since": "Since when the reassurance was on record.",
        "shared": "The day by which a second professional had it.",
        "shared_possible": "The first day on which a second professional may have had it.",
        "since": "The day since which it is so.",
        "social_care": "The day by which social care had it.",
        "social_care_possible": "The first day on which social care may have had it.",
        "start": "The first day.",
        "three_known": "The first day on which professionals together knew three.",
        "three_one": "The first day on which one professional knew three.",
        "told_later_on": "The day on which partners were told after all.",
        "unowned_since": "The day since which it has no owner on record.",
        "until": "The last day of the period.",
    },
    "whole": {
        "actions_on_record": "How many actions the whole case has on record.",
        "agencies_informed": "Agencies that have the worry on record.",
        "agencies_reassured": "Agencies that have the reassurance on record.",
        "alone": "Rows in which the child was seen alone.",
        "back": "Contacts from the second to the first.",
        "cases": "Cases that they are in.",
        "cases_varied": "Cases that those are in.",
        "consultant": "Times as consultant.",
        "contacts": "Contact rows.",
        "coordinator": "Times as coordinator.",
        "days": "Days (last day − first day).",
        "days_covered": "How many days it covers, the first and the last included.",
        "days_late": "Days after the due date.",
        "days_least": "The fewest days that it can have been.",
        "days_since": "Days since the last row in which a professional saw the child.",
        "days_since_contact": "Days since the two were last in contact.",
        "days_since_observed": "Days since a professional saw the child, observations that do not say so counted in.",
        "days_to_lead": "Days from first known to the lead professional.",
        "days_to_other_agency": "Days from first known to another agency.",
        "days_to_police": "Days from first known to the police.",
        "days_to_shared": "Days from first known to a second professional.",
        "days_to_social_care": "Days from first known to social care.",
        "days_unowned": "On how many days it was known and nobody had it in hand.",
        "days_unshared": "Days unshared so far.",
        "direct": "Others reached directly.",
        "event": "The number of the contact, through all cases.",
        "events": "Contacts that are read as a choice among several.",
        "events_varied": "Contacts in which the alternatives differ by the term.",
        "explanations": "How many explanations the reassurances are.",
        "external": "Contacts with other agencies.",
        "forth": "Contacts from the first to the second.",
        "from_severity": "The level of the concern that the line starts from.",
        "gatekeeper": "Times as gatekeeper.",
        "hidden": "Those whom only the static picture joins to them.",
        "hops": "0 who saw it or said it first, 1 from them, 2 and more relayed.",
        "inertia": "How often the sender had turned to the receiver.",
        "internal": "Contacts inside the agency.",
        "item": "The item of the practice profile.",
        "known": "How many were known.",
        "liaison": "Times as liaison.",
        "longest": "The most days without one.",
        "longest_gap": "The longest gap in days.",
        "longest_observed": "The most days without one, observations that do not say so counted in.",
        "meetings": "Meetings.",
        "n": "In how many cases it is defined.",
        "n_first": "In how many cases of the first group it is defined.",
        "n_second": "In how many cases of the second group it is defined.",
        "not_arrived": "Contact rows that did not arrive.",
        "number": "How many.",
        "draws": "How many times the case was drawn.",
        "rank": "The place among the matters of its side, from 1.",
        "one_person": "The most that one professional, while involved, had on record together.",
        "one_table": "The most in one contact row.",
        "pairs": "Pairs.",
        "paper": "One-way contacts.",
        "people_informed": "People who have the worry on record.",
        "people_reassured": "People who have the reassurance on record.",
        "person_known": "How many the best single professional had.",
        "popularity": "How often others than the sender had turned to the receiver.",
        "professionals": "Professionals.",
        "reached": "Those reached.",
        "reached_by": "Those from whom something can have reached them.",
        "reaches": "Those whom something can have reached from them.",
        "reassurances": "Reassurances on a professional's record that answer some of them.",
        "reciprocity": "How often the receiver had turned to the sender.",
        "representative": "Times as representative.",
        "rich": "Two-way contacts.",
        "severity": "The level of a concern, 1 low to 4 grave; 0 for reassurance and strength.",
        "shared_pairs": "Pairs that share another child as well.",
        "silent_pairs": "Pairs without a contact.",
        "size": "Members.",
        "smallest": "How many are in the smallest group.",
        "spells": "Spells.",
        "static": "Those joined to them in the static picture.",
        "steps": "Steps.",
        "times": "Times.",
        "to_severity": "The level of the concern that the line leads to.",
        "total": "All of them together.",
        "undefined": "In how many cases more it is not defined.",
        "undefined_first": "In how many cases more of the first group it is not defined.",
        "undefined_second": "In how many cases more of the second group it is not defined.",
    },
    "number": {
        "best": "The largest weight that any one involved professional has on record.",
        "care_density": "How many children two of the child’s professionals share, on average.",
        "best_picture": "The score best_picture.",
        "certainty": "The product of the confidence of the rows without which it would not stand.",
        "coefficient": "The coefficient: the logarithm of the odds ratio.",
        "coverage": "The weight that was tabled, of what was available.",
        "defined": "The share of draws in which it is defined.",
        "distance_fragmentation": "Fragmentation of what is left, where long chains count as partly broken.",
        "after": "What the score would be.",
        "error": "The standard error of the coefficient.",
        "expected": "The mean over the draws.",
        "fragmentation": "The share of pairs that cannot reach each other in what is left.",
        "fragmented_care_density": "Care density, each pair of professionals weighted by the kinds of the two.",
        "diffusion": "The score diffusion.",
        "delta": "Cliff’s delta: the share of pairs in which the second is higher less that in which it is lower.",
        "difference": "The second less the first.",
        "gain": "By how much the score changes.",
        "gap": "The difference of the two.",
        "h": "The H of Kruskal and Wallis.",
        "herfindahl": "How concentrated it is, 1 = on one word.",
        "high": "The upper bound.",
        "index": "The responsibility index of the worry, 0 to 1.",
        "kept": "The weight of the worries that just one person of the cluster has on record.",
        "likeness": "How alike two rows are, 0 to 1.",
        "low": "The lower bound.",
        "months": "Months from the first day of a record to its last, both included.",
        "median": "The value that half of them do not go beyond.",
        "mean": "The running mean severity of what the professionals together came to know.",
        "mean_came": "The mean severity of what came.",
        "odds_ratio": "How many times the odds are for one more of the term.",
        "pair_weight": "The product of the weights of two worries.",
        "p": "How often chance alone would lead at least as far, counted on both sides; at most 1.",
        "p_adjusted": "The p once all the numbers of the table are looked at.",
        "p_least": "The smallest p that the values could give.",
        "part": "What of the whole is so.",
        "per_pair": "The weight passed between two, on average over the pairs.",
        "person_mean": "The running mean severity of what the best single professional came to know.",
        "pooled": "The weight that all professionals together have on record.",
        "reach": "The share reached.",
        "receiver_lacks": "The weight of the current worries that the sender has on record and the receiver has not.",
        "rich_share": "The share of two-way contacts.",
        "rows_a_month": "Rows of the record in a month.",
        "share": "The share, 0 to 1.",
        "share_at_all": "The share, done at any time.",
        "share_first_hand": "The share that they saw themselves.",
        "spread": "The standard deviation over the draws.",
        "unique_coverage": "The weight that was tabled, of what one alone had.",
        "unowned_share": "The score unowned_share.",
        "unshared_pairs": "The score unshared_pairs.",
        "value": "The number.",
        "weight": "A sum of severities; in findings their rank.",
        "whole": "Of how many.",
        "z": "How many standard deviations, or errors, it lies above what chance alone leads to.",
    },
    "flag": {
        "arrived": "Whether it arrived.",
        "chosen": "Whether the sender turned to this one.",
        "crosses": "Whether the pair crosses agencies.",
        "ended": "Whether it has ended.",
        "family_told": "Whether the family was told.",
        "has_left": "Whether they have left.",
        "in_contact": "Whether they are in contact.",
        "involved": "Whether they are involved.",
        "is_longest": "Whether it is the longest.",
        "lower_bound": "Whether the row says that more may have been said: what it lists is a lower bound.",
        "missed": "Whether it was missed.",
        "never_shared": "Whether no row shows it shared.",
        "no_contact_yet": "Whether the two had not been in contact on record.",
        "on_file": "Whether a file has it.",
        "one_word": "Whether it rests on the word of one person of the family.",
        "owned": "Whether it is owned.",
        "planned": "Whether it has an owner and a date.",
        "receiver_could_act": "Whether the receiver works with the child or family, or is an agency.",
        "receiver_is_desk": "Whether the receiver is an agency, not a person.",
        "receiver_leads": "Whether the receiver was lead professional.",
        "same_agency": "Whether both are of one agency.",
        "same_sector": "Whether the agencies of both are of one sector, or one.",
        "stands": "Whether the assumption stands.",
        "unmet": "Whether two independent voices did not meet on record.",
        "with_family": "Whether the family is in it.",
    },
    "maybe": {
        "owner_has_it": "Whether the owner has the worry on record.",
        "owner_informed": "Whether an owner is informed.",
    },
    "thing": {
        "change": "The change, as what_if takes it.",
        "group": "The group: of a node, or of cases.",
        "node": "A node of a graph of one’s own.",
        "other_group": "The other group.",
    },
}

COLUMNS: dict[str, Column] = {
    name: Column(holds, meaning) for holds, named in _LISTED.items() for name, meaning in named.items()
}

# The columns whose cells are ids of people, agencies or concerns, one or several; what holds only rows is none.
NAMED = frozenset(
    (
        *("actor", "agency", "assumed", "assumed_agency", "child", "concern", "ends_with", "first", "from", "holder"),
        *("holder_agency", "id", "main_source", "party", "person", "reassurance", "receiver", "recipient", "second"),
        *("sender", "to"),
        *("about", "absent", "actors", "adds", "agencies", "available", "both", "came", "chain", "concerns", "family"),
        *("farther", "files", "first_hand", "holders", "informed", "involved_holders", "kept_concerns", "knew"),
        *("leaving", "left_holders", "left_to", "met_before", "missing", "not_on_record", "not_there", "only"),
        *("only_here", "only_link_to", "owners", "parties", "partners", "people", "present", "reassured"),
        *("reassured_only", "recipients", "relayed", "saw", "seen_by", "senders", "source_not_recorded", "sources"),
        *("tabled", "told", "told_later", "unique", "untold", "via", "with_agencies"),
    )
)


def column(name: str, values: Sequence[Any], holds: Holds | None = None) -> Any:
    """The values of a column as an array of its dtype."""
    import numpy as np
    import pandas as pd

    kind = holds or COLUMNS[name].holds
    if kind == "day":
        return datetime64(values)
    if kind in ("ids", "thing"):
        made = np.empty(len(values), dtype=object)
        for place, value in enumerate(values):  # one by one: tuples of one length would become a second axis
            made[place] = value
        return made
    if kind == "text":
        return pd.array(["" if value is None else str(value) for value in values], dtype="str")
    dtype: Any = DTYPES[kind]
    return pd.array(list(values), dtype=dtype)


def tidy(
    lines: Iterable[Mapping[str, Any] | Record],
    columns: Sequence[str],
    *,
    index: str | None = None,
    **holds: Holds,
) -> pd.DataFrame:
    """A DataFrame of the lines, with the columns in this order and the dtypes of :data:`COLUMNS`.

    Parameters
    ----------
    lines : iterable of mappings or named tuples
        From column to value; days as ordinals (None = no date). What is no column is left out. A field named like a
        word of Python, such as ``from_`` or ``index_``, is the column without its line.
    columns : sequence of str
        Also the ``_fields`` of the named tuples.
    index : str, optional
        The column that becomes the index.
    **holds : str
        What a column holds that :data:`COLUMNS` does not have, such as one named after a person.
    """
    import pandas as pd

    listed = [line if isinstance(line, Mapping) else _cells(line) for line in lines]
    names = [name.rstrip("_") for name in columns]
    if index is not None and index not in names:
        names = [index, *names]
    made = {name: column(name, [line[name] for line in listed], holds.get(name)) for name in names}
    rows = None if index is None else pd.Index(made.pop(index), name=index, tupleize_cols=False)
    return pd.DataFrame(made, index=rows if rows is not None else pd.RangeIndex(len(listed)))


def as_table(columns: Mapping[str, Any]) -> pd.DataFrame:
    """A DataFrame of whole columns, with the dtypes of :data:`COLUMNS`: for tables of millions of lines.

    Numbers and flags are arrays, or an array with another that says where nothing is defined.
    """
    import numpy as np
    import pandas as pd

    def made(name: str, values: Any) -> Any:
        if COLUMNS[name].holds == "whole":
            numbers, missing = values if isinstance(values, tuple) else (values, np.zeros(len(values), bool))
            return pd.arrays.IntegerArray(np.asarray(numbers, np.int64), missing)
        if COLUMNS[name].holds in ("number", "flag"):
            return np.asarray(values, DTYPES[COLUMNS[name].holds])
        return column(name, values)

    return pd.DataFrame({name: made(name, values) for name, values in columns.items()})


def _cells(record: Record) -> dict[str, Any]:
    return {name.rstrip("_"): value for name, value in record._asdict().items()}
