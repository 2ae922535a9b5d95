"""A case whose names, summaries and ids hold what can break a page; every page must show it as text."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

import safetynet as sn

ATTACK = "</script><img src=x onerror=alert(1)>"
NAMES = {
    "k": ATTACK,
    "m": 'נועה "בת" שרה כהן',
    "t": "'\"><svg onload=alert(2)>",
    "s": "क्षत्रिय शर्मा",
    "p": "ක්\u200dෂේම\u200dා",
    "d": "مریم می\u200cخواهد",
    "e": "Zoë 👩🏽\u200d⚕️ </style><style>*{display:none}",
    "l": "Longname " * 33,
    "j": "{{ 7*7 }} <!-- \u2028 ]]> &amp; \\",
}


def hostile_case(*, unbroken: bool = False) -> sn.Case:
    """Everybody tells everybody; each name is a danger of its own. `unbroken`: one is 300 letters without a blank."""
    called = {**NAMES, "l": "Long" * 75} if unbroken else NAMES
    kinds = {"k": "child", "m": "family"}
    people = pd.DataFrame(
        [
            {
                "id": one,
                "name": name,
                "kind": kinds.get(one, "professional"),
                "agency": f"a {one}" if one not in kinds else "",
            }
            for one, name in called.items()
        ]
    )
    agencies = pd.DataFrame(
        [{"id": f"a {one}", "name": name[::-1], "sector": "other"} for one, name in called.items() if one not in kinds]
    )
    concerns = pd.DataFrame(
        [
            {"id": f"c {place}'\"<", "about": "k", "category": "physical", "severity": 1 + place % 4, "summary": name}
            for place, name in enumerate(called.values())
        ]
    )
    ids, told = concerns["id"].tolist(), [one for one in NAMES if one != "k"]
    rows = [
        {"id": f'e {n}"<b>', "date": f"2024-01-{n + 1:02}", "kind": "observed", "who": one, "concerns": ids[n]}
        for n, one in enumerate(told)
    ]
    for n, (one, other) in enumerate(pairwise(told)):
        rows.append(
            {
                "id": f"f&{n}",
                "date": f"2024-02-{n + 1:02}",
                "kind": "told",
                "who": one,
                "to": other,
                "concerns": ids[n],
                "channel": "phone",
            }
        )
    rows.append(
        {"id": "g", "date": "2024-03-01", "kind": "agreed", "who": "t", "concerns": ids[0], "due": "2024-04-01"}
    )
    chronology = pd.DataFrame(rows).fillna("")
    chronology["summary"] = [f"{ATTACK} {row}" for row in chronology["id"]]
    return sn.Case(people, concerns, chronology, agencies=agencies, id="hostile", title=f"{ATTACK} שרה")
