"""Everything of a client leaves as one file: whole, its own alone, without secrets, once."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.base import File
from django.db import connection, transaction
from django.test import Client as Browser

from accounts.models import ApiKey
from accounts.services import issue_key
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, NotAllowed
from intake.bundle import Bundle
from intake.models import ClientExport, ExportState
from intake.queries.belongings import belongings
from intake.services import ask_for_export, fetch_export, make_due_exports
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_ticket
from tests.house.tenancy.world import World, make_tenancy_world
from tickets.services import post_message, store_attachment

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:  # noqa: ANN401
    """Two clients with one of everything, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_tenancy_world()
        transaction.set_rollback(True)


@pytest.fixture
def desk(db: None) -> Desk:
    """A client and its people."""
    return make_desk()


def opened(path: Path) -> dict[str, bytes]:
    """What lies in a zip, by name."""
    with ZipFile(path) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


def test_all_of_a_client_leaves_and_nothing_of_another(world: World, tmp_path: Path) -> None:
    target = tmp_path / "alpha.zip"
    steps = list(Bundle(client=world.alpha.desk.client, at=MONDAY).write(target))
    found = opened(target)
    assert steps[-1][0] == steps[-1][1] == max(total for _, total in steps)
    assert not [name for name, content in found.items() if b"BETA" in content or b"Beta" in content]
    assert b"ALPHA" in found[next(name for name in found if name.startswith("files/"))]
    told = json.loads(found["contents.json"])["rows"]
    assert {"tickets_message", "hours_timeentry", "events_record", "contracts_sop"} <= set(told)
    assert len(json.loads(found["json/tickets_message.json"])) == told["tickets_message"]
    assert found["csv/tickets_message.csv"].count(b"\r\n") > told["tickets_message"]


def test_no_secret_leaves(world: World, tmp_path: Path) -> None:
    list(Bundle(client=world.alpha.desk.client, at=MONDAY).write(tmp_path / "a.zip"))
    everything = b"".join(opened(tmp_path / "a.zip").values())
    for key in ApiKey.objects.filter(client=world.alpha.desk.client):
        assert key.digest.encode() not in everything
    names = {column.name for table in belongings() for column in table.columns()}
    assert not [name for name in names if "secret" in name or "password" in name or "nonce" in name]


def test_every_table_with_a_client_is_among_the_belongings() -> None:
    names = {table.name for table in belongings()}
    assert {"notify_attempt", "contracts_sopversion", "tickets_documentedition", "slo_verdict"} <= names
    assert not {"accounts_person", "tickets_draft", "sessions_session"} & names


def test_what_looks_like_a_formula_is_none(desk: Desk, tmp_path: Path) -> None:
    make_ticket(desk.contract, requester=desk.poc, subject="=HYPERLINK(1)")
    list(Bundle(client=desk.client, at=MONDAY).write(tmp_path / "a.zip"))
    found = opened(tmp_path / "a.zip")
    assert b"'=HYPERLINK(1)" in found["csv/tickets_ticket.csv"]
    assert json.loads(found["json/tickets_ticket.json"])[0]["subject"] == "=HYPERLINK(1)"


def test_it_is_made_in_the_background_and_fetched_once(desk: Desk) -> None:
    admin = actor_of(desk.administrator)
    export = ask_for_export(actor=admin, at=MONDAY, client=desk.client)
    assert make_due_exports(at=MONDAY) == 1
    assert make_due_exports(at=MONDAY) == 0
    export.refresh_from_db()
    assert (export.state, export.done, len(export.sha256)) == (ExportState.READY, export.total, 64)
    with fetch_export(actor=admin, at=MONDAY, export=export) as file:
        assert len(file.read()) == export.size
    with pytest.raises(Conflict):
        fetch_export(actor=admin, at=MONDAY, export=export)


@pytest.mark.django_db(transaction=True)
def test_the_file_is_gone_once_it_was_fetched() -> None:
    desk = make_desk()
    admin = actor_of(desk.administrator)
    export = ask_for_export(actor=admin, at=MONDAY, client=desk.client)
    make_due_exports(at=MONDAY)
    export.refresh_from_db()
    place = Path(settings.MEDIA_ROOT) / export.path
    assert place.is_file()
    fetch_export(actor=admin, at=MONDAY, export=export).close()
    assert not place.exists()


def test_one_at_a_time(desk: Desk) -> None:
    admin = actor_of(desk.administrator)
    ask_for_export(actor=admin, at=MONDAY, client=desk.client)
    with pytest.raises(Conflict):
        ask_for_export(actor=admin, at=MONDAY, client=desk.client)
    assert connection.in_atomic_block


@pytest.mark.parametrize("role", ["poc", "lead", "csm", "account_executive"])
def test_administrators_alone_take_it(desk: Desk, role: str) -> None:
    with pytest.raises(NotAllowed):
        ask_for_export(actor=actor_of(desk.person(role)), at=MONDAY, client=desk.client)
    assert not ClientExport.objects.exists()


def test_a_claim_whose_process_died_runs_out(desk: Desk) -> None:
    export = ask_for_export(actor=actor_of(desk.administrator), at=MONDAY, client=desk.client)
    later = MONDAY + timedelta(minutes=20)
    ClientExport.objects.update(state=ExportState.RUNNING, due_at=later, attempts=1)
    assert make_due_exports(at=MONDAY) == 0
    assert make_due_exports(at=later) == 1
    export.refresh_from_db()
    assert export.attempts == 2


def test_one_that_cannot_be_made_ends_and_says_so(desk: Desk, tmp_path: Path, settings: Any) -> None:  # noqa: ANN401
    (tmp_path / "exports").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path
    ask_for_export(actor=actor_of(desk.administrator), at=MONDAY, client=desk.client)
    assert make_due_exports(at=MONDAY) == 0
    export = ClientExport.objects.get()
    assert export.state == ExportState.FAILED
    assert "FileExistsError" in export.fault


def test_what_nobody_fetched_is_forgotten(desk: Desk) -> None:
    ask_for_export(actor=actor_of(desk.administrator), at=MONDAY, client=desk.client)
    make_due_exports(at=MONDAY)
    place = Path(settings.MEDIA_ROOT) / ClientExport.objects.get().path
    make_due_exports(at=MONDAY + 2 * DAY)
    assert ClientExport.objects.get().state == ExportState.EXPIRED
    assert not place.exists()


def test_the_page_shows_how_far_it_is_and_hands_it_over(desk: Desk) -> None:
    actor, browser = actor_of(desk.poc), Browser()
    browser.force_login(desk.administrator)
    ticket = make_ticket(desk.contract, requester=desk.poc)
    file = File(io.BytesIO(b"log"), name="a.log")
    kept = store_attachment(actor=actor, at=MONDAY, client=desk.client, name="a.log", content=file)
    post_message(actor=actor, at=MONDAY, ticket=ticket, body="See.", attachments=[kept])
    issue_key(actor=SYSTEM, at=MONDAY, name="x", client=desk.client)
    page = "/setup/clients/acme/export/"
    browser.post(page)
    assert "Waits for its turn" in browser.get(page).content.decode()
    made = ClientExport.objects.get()
    make_due_exports(at=made.asked_at)
    assert "Fetch it, once" in browser.get(page).content.decode()
    answer = browser.post(f"{page}{made.pk}/fetch/")
    content = b"".join(answer)
    assert "attachment" in answer["Content-Disposition"]
    assert f"files/{kept.pk}-a.log" in ZipFile(io.BytesIO(content)).namelist()
    assert browser.post(f"{page}{made.pk}/fetch/").status_code == 409
