"""A small illustrative case, as a coder would type it: the example of the template and of "Code your first case".

Sam, two years old, is nobody: the case is made up so that a person can see how a record becomes rows.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping

Rows = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]  # the columns, and the rows

_PEOPLE = """\
id,name,kind,role,agency
sam,Sam,child,,
mum,Mother,family,mother,
gran,Grandmother,support,grandmother,
key,Key worker,professional,key worker at the nursery,nursery
mgr,Nursery manager,professional,manager of the nursery,nursery
hv,Health visitor,professional,health visitor,health
sw,Duty social worker,professional,social worker,csc
"""
_AGENCIES = """\
id,name,sector
nursery,Hillside Nursery,education
health,Community health service,health
csc,Children's social care,social_care
"""
_CONCERNS = """\
id,about,category,severity,summary,answers
C1,sam,physical,3,Bruise on the cheek,
C2,sam,neglect,2,Cold flat and no food in it,
C3,sam,reassurance,0,A fall against a table would explain the bruise,C1
C4,sam,emotional,2,The mother's partner shouts at Sam,
C5,sam,physical,3,"Second bruise, on the back",
"""
_CHRONOLOGY = """\
id,date,kind,who,to,concerns,seen,channel,received_on,absent,due,ref,outcome,reason,confidence,summary,source
e1,2024-03-04,observed,key,,C1,with_others,,,,,,,,,Saw a bruise on Sam's cheek,LOG
e2,2024-03-04T16:30,told,mum,key,C3,,face_to_face,,,,,,,,Mother said that Sam fell,LOG
e3,2024-03-06,observed,hv,,C2,with_carer,visit,,,,,,,,Home visit; flat cold and fridge empty,HV
e4,2024-03-07,told,hv,mgr,C2,,phone,,,,,,,,Rang the nursery about the visit,HV
e5,2024-03-08,asked,hv,csc,C2,,referral,,,2024-03-11,,,,,Referral to the duty desk,HV
e6,2024-03-11,told,csc,sw,C2,,file,,,,,,,,Duty social worker read the referral,CSC
e7,2024-03-11,decided,sw,hv,C2,,letter,2024-03-14,,,e5,no_further_action,below_threshold,,Letter to the referrer,CSC
e8,2024-03-11/2024-03-20,told,gran,hv,C4,,phone,,,,,,,medium,Grandmother rang in the middle of March,INT
e9,2024-03-20,observed,key,,C5,with_others,,,,,,,,,Saw a bruise on Sam's back,LOG
e10,2024-03-20,told,key,mgr,C1;C5,,face_to_face,,,,,,,,Told the manager of both bruises,LOG
e11,2024-03-21,met,mgr;hv;sw,,C2;C5,,professionals,,key,,,,,,Meeting at the nursery,CSC
e12,2024-03-21,agreed,sw,,C5,,,,,2024-03-25,e11,,,,Will visit Sam at home,CSC
e13,2024-03-26,done,sw,,,,,,,,e12,completed,,,Visited Sam at home,CSC
"""
_SOURCES = """\
code,title
LOG,Log book of the nursery
HV,Health visiting record
CSC,Social care file
INT,Interview with the grandmother
"""
_CASE = """\
id,title,status
sam,Sam: an example,illustrative
"""


def _rows(text: str) -> Rows:
    header, *rows = csv.reader(text.splitlines())
    return tuple(header), tuple(tuple(row) for row in rows)


TABLES: Mapping[str, Rows] = {
    "people": _rows(_PEOPLE),
    "agencies": _rows(_AGENCIES),
    "concerns": _rows(_CONCERNS),
    "chronology": _rows(_CHRONOLOGY),
    "case": _rows(_CASE),
    "sources": _rows(_SOURCES),
}


def names() -> dict[str, str]:
    """Who and what the ids of the example stand for."""
    found: dict[str, str] = {}
    for table, column in (("people", "name"), ("agencies", "name"), ("concerns", "summary")):
        columns, rows = TABLES[table]
        found |= {row[0]: row[columns.index(column)] for row in rows}
    return found


def in_words(ids: str, named: Mapping[str, str]) -> str:
    """The names of the ids of a cell."""
    return "; ".join(named.get(one, one) for one in ids.split(";") if one)
