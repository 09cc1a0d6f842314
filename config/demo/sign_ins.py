"""Who may sign in to the demo world and by which keys, for people and for programs that try it out."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import Membership, Person
from accounts.queries import actor_by_key
from accounts.services import issue_key
from config.demo.script import PASSWORD, script
from contracts.models import Contract
from events.domain.actor import SYSTEM
from events.domain.errors import NotHere

KEY_NAME = "Demo"


def keys_file() -> Path:
    """Where this machine keeps the secrets of the demo's API keys, which the database does not know."""
    return Path(settings.VAR_DIR) / "demo_keys.json"


def issue_keys(*, at: datetime) -> None:
    """Issue a key for each contract of the script and for each role of staff, and keep the secrets."""
    staff: list[dict[str, Any]] = []
    for part in script().staff:
        person = Person.objects.filter(email=part.email).first()
        if person is not None and part.role not in {row["role"] for row in staff}:
            _, secret = issue_key(actor=SYSTEM, at=at, name=KEY_NAME, person=person)
            staff.append({"email": person.email, "role": part.role, "key": secret})
    keys = [part.key for part in script().clients]
    contracts = Contract.objects.filter(client__key__in=keys).select_related("client").order_by("id")
    _keep({"api_keys": [_issue(contract, at=at) for contract in contracts], "staff_api_keys": staff})


def sign_ins(*, at: datetime) -> dict[str, Any]:
    """Addresses, password and keys of the demo; keys that do not open anything any more are issued anew."""
    if not _are_alive(_kept(), at=at):
        issue_keys(at=at)
    return {"base_url": settings.BASE_URL, "people": _people(), **_kept()}


def _people() -> list[dict[str, str]]:
    staff = script().staff
    living_staff = set(
        Person.objects.filter(email__in=[part.email for part in staff], is_active=True).values_list(
            "email", flat=True
        )
    )
    rows = [_row(part.email, part.role, "") for part in staff if part.email in living_staff]
    keys = [part.key for part in script().clients]
    contacts = {contact.email for part in script().clients for contact in part.contacts}
    living = Membership.objects.filter(
        client__key__in=keys, person__email__in=contacts, person__is_active=True, ended_at__isnull=True
    )
    members = living.select_related("client", "person").order_by("client_id", "id")
    return rows + [_row(member.person.email, member.role, member.client.slug) for member in members]


def _row(email: str, role: str, client: str) -> dict[str, str]:
    return {"email": email, "password": PASSWORD, "role": role, "client": client}


def _issue(contract: Contract, *, at: datetime) -> dict[str, Any]:
    _, secret = issue_key(actor=SYSTEM, at=at, name=KEY_NAME, client=contract.client, contract_id=contract.pk)
    return {"client": contract.client.slug, "contract": contract.pk, "key": secret}


def _are_alive(kept: dict[str, Any], *, at: datetime) -> bool:
    secrets = [row["key"] for rows in kept.values() for row in rows]
    try:
        for secret in secrets:
            actor_by_key(secret, at=at)
    except NotHere:
        return False
    return bool(secrets)


def _kept() -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(keys_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"api_keys": [], "staff_api_keys": []}
    return kept


def _keep(keys: dict[str, Any]) -> None:
    path = keys_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(keys, file)
