"""Reading the two files of the demo world into plain values."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PASSWORD = "look around freely"  # noqa: S105 - public by purpose; only where DEMO is on
PROVIDER_DOMAIN = "caredesk.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPart:
    """A member of the provider's staff; `serves` names clients by key, empty means all."""

    name: str
    role: str
    zone: str
    team: str = ""
    serves: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """The address that the name gives."""
        return address(self.name, PROVIDER_DOMAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPart:
    """A team of a region; with a `week` of windows by weekday it keeps hours, as what it `works_as`.

    `always` keeps it on day and night; `also` names people who are in it besides a team of their own.
    """

    key: str
    name: str
    region: str
    zone: str
    works_as: str = ""
    week: dict[str, list[list[str]]] = field(default_factory=dict)
    always: bool = False
    country: str = ""
    holiday_region: str = ""
    also: tuple[str, ...] = ()
    gives_by_turn: bool = False

    @property
    def hours(self) -> dict[str, object]:
        """The hours as a calendar takes them; empty where none are stated."""
        if self.always:
            return {"always": True}
        return {"tz": self.zone, "weekly": self.week} if self.week else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPart:
    """A person of a client and the role there; the same address at two clients is one person."""

    name: str
    role: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPart:
    """A contract: its plan, how many tickets its history has, and what was agreed."""

    plan: str
    tickets: int
    terms: dict[str, Any] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    environments: tuple[dict[str, Any], ...] = ()
    rule: dict[str, Any] | None = None
    dedicated: str = ""
    standard: str = ""
    named: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPart:
    """A client, its people and its contracts; `began_days_ago` empty means with the history's start."""

    key: str
    name: str
    zone: str
    country: str
    open: str
    close: str
    region: str = ""
    began_days_ago: int | None = None
    contacts: tuple[ContactPart, ...] = ()
    contracts: tuple[ContractPart, ...] = ()

    @property
    def week(self) -> dict[str, list[list[str]]]:
        """The opening hours from Monday to Friday, as a calendar takes them."""
        return {day: [[self.open, self.close]] for day in ("mon", "tue", "wed", "thu", "fri")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something that goes wrong or is asked for, and what is said about it until it is solved."""

    subject: str
    description: str
    services: tuple[str, ...]
    is_incident: bool
    rank: int
    minutes: int
    reply: str
    note: str
    question: str
    answer: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The whole world as written."""

    staff: tuple[StaffPart, ...]
    teams: tuple[TeamPart, ...]
    clients: tuple[ClientPart, ...]
    cases: tuple[Case, ...]


@cache
def script() -> Script:
    """The world of the two files."""
    world = tomllib.loads((FOLDER / "world.toml").read_text(encoding="utf-8"))
    cases = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))["cases"]
    return Script(
        staff=tuple(StaffPart(**_frozen(row)) for row in world["staff"]),
        teams=tuple(TeamPart(**_frozen(row)) for row in world["teams"]),
        clients=tuple(_client(row) for row in world["clients"]),
        cases=tuple(Case(**_frozen(row)) for row in cases),
    )


def address(name: str, domain: str) -> str:
    """The address of a person of that name: plain letters, a dot between the words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@{domain}"


def _client(row: dict[str, Any]) -> ClientPart:
    domain = f"{row['key'].lower()}.example"
    contacts = tuple(
        ContactPart(**{"email": address(contact["name"], domain), **contact}) for contact in row["contacts"]
    )
    contracts = tuple(ContractPart(**_frozen(contract)) for contract in row["contracts"])
    return ClientPart(**{**row, "contacts": contacts, "contracts": contracts})


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
