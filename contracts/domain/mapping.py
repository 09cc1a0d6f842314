"""Between two ticketing systems: which field, urgency and state of theirs is which of ours (X2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Pair = tuple[str, str]

#: What of a ticket of ours may come from a field of theirs, with the words for it.
OUR_FIELDS: Mapping[str, str] = {
    "external_reference": "Their ticket's number",
    "subject": "Subject",
    "description": "Description",
    "urgency": "Urgency",
    "request_type": "Kind of request",
    "category": "Service category",
    "status": "State",
}
NEEDED = ("external_reference", "subject", "urgency", "request_type")
#: The states of a ticket here, as the life cycle knows them.
OUR_STATES = (
    "new",
    "in_progress",
    "waiting_on_client",
    "waiting_on_vendor",
    "scheduled",
    "resolved",
    "closed",
    "cancelled",
)
#: A value that begins so is no field of theirs but what always stands there.
CONSTANT = "="
PAIRS_AT_MOST = 100
WORD_LIMIT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Inward:
    """A ticket of theirs in our words: what could be read, and by our field what could not, and why."""

    ticket: Mapping[str, str]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maps:
    """Three tables. `fields`: ours to the path of theirs; `urgencies` and `states`: theirs to ours, in order.

    A path may lead inwards by dots, as in `fields.priority.name`. Several words of theirs may mean one of
    ours; back goes the first of them.
    """

    fields: tuple[Pair, ...] = ()
    urgencies: tuple[Pair, ...] = ()
    states: tuple[Pair, ...] = ()

    @classmethod
    def from_data(cls, stored: Mapping[str, Iterable[Iterable[str]]]) -> Maps:
        """The maps as they are stored: lists of pairs, whose order counts."""
        return cls(**{name: _pairs(stored.get(name, ())) for name in ("fields", "urgencies", "states")})

    def to_data(self) -> dict[str, list[list[str]]]:
        """The maps as lists of pairs."""
        return {
            "fields": [list(pair) for pair in self.fields],
            "urgencies": [list(pair) for pair in self.urgencies],
            "states": [list(pair) for pair in self.states],
        }

    def inward(self, theirs: Mapping[str, Any]) -> Inward:
        """A ticket of theirs in our words; a field that they did not send is left out, and no fault."""
        ticket: dict[str, str] = {}
        faults: dict[str, str] = {}
        for ours, path in self.fields:
            text = _text_at(theirs, path)
            if text is None:
                continue
            table = self._table(ours)
            if table is None or path.startswith(CONSTANT):
                ticket[ours] = text
            elif text.casefold() in table:
                ticket[ours] = table[text.casefold()]
            else:
                faults[ours] = f"{text!r} stands in no line of the map."
        return Inward(ticket=ticket, faults=faults)

    def outward(self, ours: Mapping[str, str]) -> dict[str, str]:
        """A ticket of ours in their words, by their fields; what has no word of theirs is left out."""
        told = {}
        for name, path in self.fields:
            if path.startswith(CONSTANT) or name not in ours:
                continue
            table = self._pairs_of(name)
            if table is None:
                told[path] = ours[name]
            elif (word := next((theirs for theirs, mine in table if mine == ours[name]), None)) is not None:
                told[path] = word
        return told

    def faults(self, *, urgencies: Collection[str], states: Collection[str] = OUR_STATES) -> dict[str, str]:
        """What is wrong with the maps, by table; `urgencies` are the codes of the contract's plan."""
        found = {
            "fields": _wrong(self.fields, left=tuple(OUR_FIELDS), unique=0),
            "urgencies": _wrong(self.urgencies, right=urgencies, unique=0),
            "states": _wrong(self.states, right=states, unique=0),
        }
        missing = [name for name in NEEDED if name not in dict(self.fields)]
        if self.fields and missing and not found["fields"]:
            words = ", ".join(OUR_FIELDS[name].lower() for name in missing)
            found["fields"] = f"A ticket cannot be opened without: {words}."
        return {table: words for table, words in found.items() if words}

    def _pairs_of(self, ours: str) -> tuple[Pair, ...] | None:
        return {"urgency": self.urgencies, "status": self.states}.get(ours)

    def _table(self, ours: str) -> dict[str, str] | None:
        pairs = self._pairs_of(ours)
        return None if pairs is None else {theirs.casefold(): mine for theirs, mine in pairs}


def _pairs(stored: Iterable[Iterable[str]]) -> tuple[Pair, ...]:
    return tuple((left, right) for left, right in (map(str, pair) for pair in stored))


def _text_at(theirs: Mapping[str, Any], path: str) -> str | None:
    """What stands at the path, as a text; None where nothing does."""
    if path.startswith(CONSTANT):
        return path.removeprefix(CONSTANT)
    found: Any = theirs
    for step in path.split("."):
        if not isinstance(found, Mapping) or step not in found:
            return None
        found = found[step]
    if found is None or isinstance(found, Mapping | list):
        return None
    return str(found).strip()


def _wrong(
    pairs: tuple[Pair, ...],
    *,
    unique: int,
    left: Collection[str] | None = None,
    right: Collection[str] | None = None,
) -> str:
    if len(pairs) > PAIRS_AT_MOST:
        return f"{PAIRS_AT_MOST} lines at most."
    seen = set()
    for pair in pairs:
        if not all(0 < len(word) <= WORD_LIMIT for word in pair):
            return f"Each line has two sides of 1 to {WORD_LIMIT} characters."
        if pair[unique].casefold() in seen:
            return f"{pair[unique]!r} stands there twice."
        seen.add(pair[unique].casefold())
        for side, known in enumerate((left, right)):
            if known is not None and pair[side] not in known:
                return f"{pair[side]!r} is not known here. Choose of: {', '.join(known)}."
    return ""
