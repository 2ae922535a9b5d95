"""What was there and not read: an agency's file, and a row that did not arrive."""

from __future__ import annotations

from collections.abc import Iterator

from ..case.records import Row
from ..dates import NEVER, date_of
from ..record.parties import agency_of, is_actor
from ..spells import Spell
from .candidates import Candidate, Ground
from .changes import Change
from .deeds import Flags
from .sharing import strictest


def readings(ground: Ground) -> Iterator[Candidate]:
    """An agency's file read by one of its people: everything current that was on it by the day."""
    for agency in sorted(ground.figures.on_file):
        for name in sorted(ground.figures.turns):
            if agency_of(ground.view.records, name) == agency and (found := _reading(ground, agency, name)):
                yield found


def _reading(ground: Ground, agency: str, name: str) -> Candidate | None:
    figures, file = ground.figures, ground.figures.on_file[agency]

    def read(day: int) -> Flags:
        """What somebody reads on a day."""
        return (file <= day) & ground.sharing.may(agency, name, day)

    if not ground.may_help({name: file < NEVER}, file < NEVER):
        return None

    def change(day: int) -> Change | None:
        worries = figures.names(read(day))
        if not worries:
            return None
        date, concerns = date_of(day).isoformat(), ";".join(worries)
        row = {"date": date, "kind": "told", "who": agency, "to": name, "concerns": concerns, "channel": "file"}
        return {"add": {**row, "received": "yes"}}

    on_file = [int(day) for day in file if day < NEVER]
    days = figures.days((name,), figures.turns[name], on_file, ground.sharing.cuts)
    found = ground.best((spell for spell in days if spell.last >= min(on_file)), change)
    if found is None:
        return None
    trial, spells = found
    day = trial.days.last
    concerns = figures.names(read(day))
    made = change(day)
    return Candidate(
        kind="reading",
        numbers=trial.numbers,
        people=(name,),
        concerns=concerns,
        days=spells,
        change=made or {},
        carriers=(agency,),
        desks=(agency,),
        learnt=ground.newly(name, read(day)),
        permission=strictest(ground.sharing.word(agency, name, worry, day) for worry in concerns),
    )


def received(ground: Ground) -> Iterator[Candidate]:
    """A row that did not arrive, or under the rules counts as sent only, had arrived."""
    for row in ground.view.contacts:
        unread = ground.view.silent.get(row.id, frozenset()) if row.arrived else frozenset(row.named)
        readers = [one for one in dict.fromkeys((*row.to, *row.present)) if one in unread and one not in row.who]
        if row.is_sent and readers and ground.view.by(row.reached):
            numbers = ground.engine.after(change := {"change": row.id, "received": "yes"})
            if ground.helps(numbers) and _may_be_sent(ground, row, readers):
                professionals = tuple(one for one in readers if one in ground.figures.person)
                passed = ground.figures.columns(row.concerns)
                yield Candidate(
                    kind="received",
                    numbers=numbers,
                    people=professionals,
                    concerns=ground.figures.names(passed),
                    days=(Spell(row.reached.first, row.reached.last),),
                    change=change,
                    carriers=row.who,
                    desks=tuple(one for one in readers if one in ground.view.records.agencies),
                    learnt=tuple(line for one in professionals for line in ground.newly(one, passed)),
                    besides=row,
                    permission=strictest(_words(ground, row, readers)),
                )


def _may_be_sent(ground: Ground, row: Row, readers: list[str]) -> bool:
    """Whether somebody who sends a row may tell each of its readers of all that it says."""
    day, said = row.date.first, ground.figures.columns(row.concerns)
    return any((ground.sharing.may_tell(sender, readers, day) | ~said).all() for sender in row.who)


def _words(ground: Ground, row: Row, readers: list[str]) -> Iterator[str]:
    for worry in row.concerns:
        for reader in readers:
            if worry in ground.figures.worry and is_actor(ground.view, reader):
                yield ground.sharing.word(row.who[0], reader, worry, row.date.first)
