"""What else each kind's words say would refute it, besides what stands with its example.

A line has a kind and the rows, joined by ``&``: of `BESIDES` those that are added to the example's, of `INSTEAD` those
that stand in their place.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

BESIDES = """
never_left_a_person: 3 told T>school c1 file
never_left_a_person: 3 observed S c1
never_left_an_agency: 3 observed S c1
never_left_an_agency: 3 told T>council c1 letter
never_left_the_family: 2 told N>council c1 letter
only_a_file: 5 told T>S c1 phone
only_a_file: 5 observed S c1
stopped_inside_an_agency: 3 observed U c1
left_with_its_holder: 8 observed U c1
one_desk_held_it: 5 told S>T c2;c3 phone
one_desk_held_it: 5 observed T c2
never_reached_lead: 20 observed S c1
never_reached_social_care: 20 told G>council c1 letter
never_reached_police: 20 told G>police c1 letter
reached_late: 5 told T>council c1 letter
not_received: 12 told P>G c1 phone
not_received: 12 observed G c1
received_late: 3 observed G c1
not_acknowledged: 10 decided G>T c1 outcome=same
not_acknowledged: 10 told G>T - letter ref=e2
not_acknowledged: 10 done G>T - ref=e2
missed_opportunity: 1 observed G c1
left_off_the_table: 4 observed S c1
meeting_without_first_hand: 4 met P;K - visit
warning_not_followed: 9 agreed S c1 & 20 done S - ref=x1
warning_not_followed: 10 observed S - visit seen=glimpsed
warning_not_followed: 10 observed S c1 visit seen=alone
warnings_at_one_desk: 10 agreed S c1 due=12 & 12 done S - ref=x1
warnings_at_one_desk: 10 agreed council c2 due=25
gap_with_child: 20 done T - seen=glimpsed
gap_with_child: 20 observed T c1 seen=with_others
ended_after_refusal: 10 observed S c1 seen=alone
child_never_speaks: 10 observed T c1 seen=alone
child_never_speaks: 10 told K>T - phone
baby_not_described: 10 met T;K - visit seen=alone
baby_not_described: 10 observed T c1 seen=with_others
child_seldom_alone: 6 met T;K - visit & 7 met T;K - visit & 8 met T;K - visit
nobody_met_them: 10 asked S>F - phone
nobody_met_them: 10 met S;F - visit
family_at_no_meeting: 5 met T;S;K c1 planning
family_at_no_meeting: 5 met T;S c1 planning present=M
sector_not_seen: 90 observed T c1
pattern: 10 met T;G c1;c2
pattern: 10 met T;G;S c1;c2;c3
corroboration_unmet: 5 observed G c1
reassured_without_the_worry: 3 told T>P c1 phone
reassured_unseen: 2 observed S c1
single_source: 5 observed P ok
stepped_down_unseen: 4 observed S c1
closed_unseen: 4 told S>G c1 phone
closed_unseen: 4 observed S c1
rests_on_relayed: 4 observed S c1
request_unanswered: 10 agreed S c1
request_unanswered: 10 declined S>T - phone ref=e2
request_declined: 10 told P>T - phone ref=e2
consent_refused: 5 asked T>M c1 phone
consent_refused: 5 decided T c1 outcome=same
disagreement_open: 10 done T - ref=e2 outcome=attempted
opposite_views: 10 met T;G -
informed_nobody_owned: 2 agreed S c1 & 10 done S - ref=x1
assumed_no_record: 10 told T>G c1 phone
assumed_not_owned: 5 agreed G c1 & 10 done G - ref=x1
assumed_not_owned: 15 agreed health c1
left_to_family: 5 agreed T c1 & 10 done T - ref=x1
each_thought_the_other_had_it: 10 told T>G c1 phone
counted_in_circle: 10 told T>G c1 phone
chain_ends_in_nobody: 10 agreed T c1
chain_ends_in_nobody: 10 agreed G c1
action_undated: 45 observed T c1
action_undated: 30 told T>S c1 phone
needed_never_agreed: 3 agreed T c1 ref=e2
needed_never_agreed: 10 done T - ref=e2
worry_came_back: 8 agreed T c1
duty_not_met: 15 done S - ref=e2
supervision: 25 met S;U - supervision
closure_not_told: 8 met S;T -
duplicated_work: 20 told T>G - phone
all_holders_at_one_table: 3 told T>G c1 phone
only_bridge_and_used: 4 told T>G c1 phone
told_again_until_heard: 5 agreed S c1
"""

INSTEAD = """
not_with_a_fellow_service: 1 observed S c1 & 5 told T>B - phone & 20 closed B
not_received: 1 observed T c1 & 2 told T>G c1 phone received=yes
received_late: 1 observed T c1 & 2 told T>G c1 letter received_on=3
shared_beyond_need: 1 observed T c1 & 2 told T>G - phone
shared_beyond_need: 1 observed T c1 & 2 told T>G c1 phone received=no
missed_opportunity: 2 told T>G - phone & 3 observed T c1
absent_from_a_meeting: 1 observed T c1 & 5 met S;G;T c2
left_off_the_table: 1 observed T c1 & 2 observed S c2 & 5 met S;T c2;c1
meeting_without_first_hand: 1 observed T c1 & m: 5 met S;P;T c1 & 5 decided S;P c1 outcome=same ref=m
decided_after_a_warning: 1 told T>S c1 phone & 29 decided S;T c1 outcome=no_further_action
decided_after_a_warning: 1 decided S c1 outcome=no_further_action & 2 told T>S c1 phone
stepped_down_while_grave: 29 decided S c1 outcome=step_down & 30 observed S c1
action_nobody_took: 1 observed T c1 & 2 agreed T c1
action_undated: 1 observed T c1 & 2 agreed T c1 due=60
closure_not_told: 1 observed S c1 & 2 observed T c2 & 3 closed G>T & 10 closed S>T
closure_telling_not_recorded: 1 observed S c1 & 2 observed T c2 & 10 closed S>T
lead_changed: 1 observed S c1 & 2 told U>S c1 phone
kept_alive_and_done_in_time: 1 observed T c1 & 2 agreed T c1 due=20 & 20 done T - ref=e2 outcome=attempted
acted_at_once: 1 told T>S c1 phone & 8 agreed S - due=20 summary='See the child'
closure_told: 1 observed S c1 & 2 observed T c2 & 10 closed S>T received=no
"""


def also() -> dict[str, list[Any]]:
    """For each kind the rows, or the tables, that refute it."""
    made: defaultdict[str, list[Any]] = defaultdict(list)
    for text, instead in ((BESIDES, False), (INSTEAD, True)):
        for line in text.strip().splitlines():
            kind, rows = line.split(": ", 1)
            listed = tuple(row.strip() for row in rows.split("&"))
            made[kind].append({"rows": listed} if instead else listed)
    made["child_in_another_language"].append(
        {"people": "T@school language=French;English S@council K:child language=French M:family"}
    )
    made["rated_lower"].append({"concerns": "c1:3"})
    through_a_colleague = ("1 observed S c1", "2 observed U c2", "3 told S>V - phone", "4 told V>U - phone")
    made["strands_apart"].append({"people": "S@council U@council V@council", "rows": through_a_colleague})
    return made
