"""Makes a whole small desk: one client with a contract, and a person in every role."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Client, Person
from contracts.models import Contract
from tests.factories.people import make_client, make_everybody
from tests.factories.promises import make_contract


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A client, its contract, its contacts, and the staff who work for it."""

    client: Client
    contract: Contract
    poc: Person
    member: Person
    observer: Person
    engineer: Person
    lead: Person
    csm: Person
    account_executive: Person
    administrator: Person

    def person(self, role: str) -> Person:
        """The person in that role, for tables of rights."""
        person: Person = getattr(self, role)
        return person


def make_desk(key: str = "ACME", plan: str = "total-care", **contract_fields: Any) -> Desk:  # noqa: ANN401
    """A desk for one client; called again with another key it makes a second one, apart from the first."""
    client = make_client(key)
    return Desk(
        client=client, contract=make_contract(client, plan, **contract_fields), **make_everybody(client)
    )
