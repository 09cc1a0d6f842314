"""The whole catalogue: every calendar and plan file, read together, all faults reported together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from contracts.domain.plan import Plan
from contracts.reading.building import build_plan
from contracts.reading.calendar_files import BUSINESS, NamedCalendar
from contracts.reading.checks import findings
from contracts.reading.family import NEEDED, Family, PlanEntry, stated
from contracts.reading.faults import PlanFault, PlanFaults, table_of

_T = TypeVar("_T", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What the files say: plans and named calendars by key, in the order of the files."""

    plans: dict[str, Plan]
    calendars: dict[str, NamedCalendar]


@dataclass(slots=True)
class _Reader:
    faults: list[PlanFault] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)
    calendars: dict[str, NamedCalendar] = field(default_factory=dict)

    def refuse(self, file: str, where: str, key: str, reason: str) -> None:
        self.faults.append(PlanFault(file, where, key, reason))


def read_catalogue(*, plans: Path, calendars: Path) -> Catalogue:
    """Every plan and calendar under the two folders; raises `PlanFaults` with all faults of all files."""
    reader = _Reader()
    for path in sorted(calendars.glob("*.toml")):
        _read_calendar(reader, path)
    families = [
        (path, family) for path in sorted(plans.glob("*.toml")) for family in _read(reader, path, Family)
    ]
    for path, family in families:
        for entry in family.plan:
            _read_plan(reader, path.name, family, entry)
    if reader.faults:
        raise PlanFaults(reader.faults)
    return Catalogue(plans=reader.plans, calendars=reader.calendars)


def _read_calendar(reader: _Reader, path: Path) -> None:
    for calendar in _read(reader, path, NamedCalendar):
        if calendar.key != path.stem or calendar.key == BUSINESS:
            reader.refuse(path.name, "", "key", f"must be the file's own name, and not {BUSINESS!r}")
        reader.calendars[calendar.key] = calendar


def _read_plan(reader: _Reader, file: str, family: Family, entry: PlanEntry) -> None:
    merged = stated(family, entry)
    missing = [name for name in NEEDED if name not in merged]
    for name in missing:
        reader.refuse(file, f"plan.{entry.key}", name, "missing: neither shared nor in the plan")
    if entry.key in reader.plans:
        reader.refuse(file, f"plan.{entry.key}", "key", "another plan has this key")
    if missing:
        return
    plan = build_plan(family, entry)
    reader.plans[plan.key] = plan
    known = {key: calendar.has_days for key, calendar in reader.calendars.items()}
    for where, key, reason in findings(plan, targets=merged.get("targets", []), known=known):
        reader.refuse(file, where, key, reason)


def _read(reader: _Reader, path: Path, kind: type[_T]) -> Iterator[_T]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        reader.refuse(path.name, "", "file", f"not TOML: {fault}")
        return
    try:
        yield kind.model_validate(table)
    except ValidationError as invalid:
        for error in invalid.errors():
            *steps, key = error["loc"] or ("file",)
            reader.refuse(path.name, table_of(steps), table_of([key]), _reason(error))


def _reason(error: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    given = error["input"]
    known = {"missing": "missing", "extra_forbidden": "unknown key"}
    text = known.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    return f"{text} (given: {given!r})" if isinstance(given, str | int | float | bool) else text
