"""Nothing of one client reaches another, on any address, by any method (design rule 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client as Browser

from tests.house.tenancy.routes import Route, every_route
from tests.house.tenancy.table import (
    API,
    API_LISTS,
    DESK,
    LISTS,
    OPEN_BELOW,
    PORTAL,
    SETUP,
    SHARED_PLACES,
    SUCCESS,
    TABLE,
)
from tests.house.tenancy.world import MISSING, MISSING_ID, Half, World, make_tenancy_world

pytestmark = pytest.mark.django_db

ROUTES = every_route()
PAGES = sorted((PORTAL | DESK | SUCCESS | SETUP) & set(ROUTES))
CONTACTS = ("point of contact", "member", "observer")
STAFF = ("engineer", "success manager", "account executive")
STRANGERS = ("stranger", "closed account")
SAFE = ("get", "head", "options")
#: What forms ask for, so that a post fails for no other reason than whose thing it is about.
TYPED = {
    "body": "Let me in",
    "reason": "Let me in",
    "text": "Let me in",
    "summary": "Let me in",
    "note": "Let me in",
    "question": "Let me in?",
    "answer": "yes",
    "approve": "yes",
    "accept": "yes",
    "visibility": "public",
    "ground": "other",
    "outcome": "upheld",
    "rating": "1",
    "role": "poc",
    "urgency": "low",
    "to": "closed",
    "minutes": "15",
    "worked_on": "2026-03-02",
    "tags": "mine",
}
_WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
#: Sessions and the last use of a key are the front door's own book, not business.
_FRONT_DOOR = ("django_session", "usersessions", "accounts_apikey", "last_login", "SAVEPOINT")
_ONE_TIME = re.compile(r'(name="(csrfmiddlewaretoken|submission_id)" value=")[^"]+|"[0-9a-f-]{32,36}"')


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Both clients, made once for this file and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield make_tenancy_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Browser]:
    """Everybody who must not get through, at a browser of their own."""
    return {who: world.browser(who) for who in world.people}


def missing(half: Half) -> dict[str, Any]:
    """The same places with things that nobody has."""
    return {place: MISSING.get(place, _unlike(value)) for place, value in half.values.items()}


def _unlike(value: object) -> object:
    return MISSING_ID if isinstance(value, int) else value


def rows() -> dict[str, int]:
    """How many rows each table of ours holds."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if not model._meta.label.startswith(("sessions.", "usersessions."))
    }


@contextmanager
def nothing_written() -> Iterator[None]:
    """No statement in here changes a table of ours."""
    written = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401
        if _WRITES.match(sql) and not any(word in sql for word in _FRONT_DOOR):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert written == []


def is_refused(reply: HttpResponseBase, who: str) -> bool:
    """Nothing is here for that person; a stranger may be shown where to sign in instead."""
    if who in STRANGERS:
        return reply.status_code in (401, 404, 405) or "/accounts/login/" in reply.get("Location", "")
    return reply.status_code in (404, 405)


def all_of(reply: HttpResponseBase) -> bytes:
    """The whole answer; a file is read to its end, so that it is closed."""
    return b"".join(reply)


def words(reply: HttpResponseBase, path: str) -> str:
    """What a reader sees, less the address asked for and what is new on every page."""
    return _ONE_TIME.sub("", all_of(reply).decode(errors="replace")).replace(path, "")


def test_every_route_has_its_line_in_the_table() -> None:
    known = set().union(*TABLE.values())
    found = {route.name for route in ROUTES.values() if not route.address.startswith(OPEN_BELOW)}
    assert sorted(found - known) == [], "say in tests/house/tenancy/table.py what these show"
    assert sorted(known - set(ROUTES)) == [], "these are gone; take them out of the table"


def test_no_route_stands_in_two_lines() -> None:
    names = [name for group in TABLE.values() for name in group]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_opens_for_people_of_another_client(
    name: str, world: World, browsers: dict[str, Browser]
) -> None:
    path = ROUTES[name].url(world.alpha.values)
    before = rows()
    for who, browser in browsers.items():
        for method in (*SAFE, "post") if who in (*STRANGERS, "engineer") else ("get", "post"):
            reply = getattr(browser, method)(path, TYPED if method == "post" else None)
            assert is_refused(reply, who), f"{who} gets {reply.status_code} on {method} {path}"
            assert "ALPHA" not in words(reply, path), f"{who} reads of ALPHA on {method} {path}"
    assert rows() == before


@pytest.mark.parametrize("name", PAGES)
def test_a_foreign_thing_looks_like_a_missing_one(
    name: str, world: World, browsers: dict[str, Browser]
) -> None:
    route = ROUTES[name]
    foreign, nowhere = route.url(world.alpha.values), route.url(missing(world.alpha))
    if foreign == nowhere:
        pytest.fail(f"{name} names nothing of a client: it belongs into another line of the table")
    for who in ("point of contact", "engineer"):
        for method in ("get", "post"):
            theirs = getattr(browsers[who], method)(foreign, TYPED if method == "post" else None)
            nothing = getattr(browsers[who], method)(nowhere, TYPED if method == "post" else None)
            assert theirs.status_code == nothing.status_code
            assert words(theirs, foreign) == words(nothing, nowhere)


def _crossing_cases() -> list[tuple[str, str]]:
    cases = [(name, "point of contact") for name in PAGES if name in PORTAL]
    cases += [(name, "engineer") for name in PAGES if name in DESK]
    cases += [(name, "success manager") for name in PAGES if name in SUCCESS]
    cases += [(name, "account executive") for name in PAGES if name in SETUP]
    return [(name, who) for name, who in cases if _names_things(ROUTES[name])]


def _names_things(route: Route) -> bool:
    return any(place not in ("client", "month", "act", "to") for place in route.places)


@pytest.mark.parametrize(("name", "who"), _crossing_cases())
def test_a_foreign_thing_below_an_own_address_is_not_found(
    name: str, who: str, world: World, browsers: dict[str, Browser]
) -> None:
    before, theirs = rows(), dict(world.alpha.values)
    theirs.update({place: world.beta.values[place] for place in SHARED_PLACES.get(name, ())})
    for values in ROUTES[name].crossings(world.beta.values, theirs):
        for method in ("get", "post"):
            path = ROUTES[name].url(values)
            reply = getattr(browsers[who], method)(path, TYPED if method == "post" else None)
            assert reply.status_code in (404, 405), f"{method} {path} gives {reply.status_code}"
    assert rows() == before


@pytest.mark.parametrize("name", sorted(LISTS & set(ROUTES)))
def test_lists_of_staff_show_only_what_the_reader_sees(
    name: str, world: World, browsers: dict[str, Browser]
) -> None:
    path = ROUTES[name].url({})
    for who in (*CONTACTS, *STRANGERS):
        assert is_refused(browsers[who].get(path), who)
    for who in STAFF:
        reply = browsers[who].get(path, {"q": "secret"} if "search" in name else None)
        body = all_of(reply)
        assert reply.status_code in (200, 404)
        assert b"ALPHA" not in body
        assert b"Alpha" not in body


@pytest.mark.parametrize("name", PAGES)
def test_reading_writes_nothing(name: str, world: World) -> None:
    people = world.beta.desk
    readers = (people.poc, people.observer) if name in PORTAL else (people.engineer, people.csm)
    path = ROUTES[name].url(world.beta.values)
    for person in readers:
        browser = Browser()
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for method in SAFE if person is readers[0] else ("get",):
            with nothing_written():
                reply = getattr(browser, method)(path)
                all_of(reply)
            assert reply.status_code < 500, f"{method} {path} gives {reply.status_code}"


@pytest.mark.parametrize("name", sorted((API | API_LISTS) & set(ROUTES)))
def test_no_key_opens_a_resource_of_another_client(name: str, world: World) -> None:
    route, before = ROUTES[name], rows()
    foreign = route.url(world.alpha.values)
    for key, secret in world.keys.items():
        caller = Browser(headers={"Authorization": f"Bearer {secret}"} if secret else {})
        for method in ("get", "head", "options", "post", "patch", "put", "delete"):
            reply = getattr(caller, method)(foreign, **_sent(method))
            is_known = key in ("client key", "staff key")
            allowed = {404, 405, 400, 403} if is_known else {401, 404, 405}
            if name in API_LISTS and is_known:
                allowed |= {200, 422}
            assert reply.status_code in allowed, f"{key}: {method} {foreign} gives {reply.status_code}"
            assert b"ALPHA" not in all_of(reply)
    assert rows() == before


@pytest.mark.parametrize("name", sorted(API & set(ROUTES)))
def test_a_foreign_resource_reads_like_a_missing_one(name: str, world: World) -> None:
    route = ROUTES[name]
    foreign, nowhere = route.url(world.alpha.values), route.url(missing(world.alpha))
    for key in ("client key", "staff key"):
        caller = Browser(headers={"Authorization": f"Bearer {world.keys[key]}"})
        for method in ("get", "post", "patch", "delete"):
            theirs = getattr(caller, method)(foreign, **_sent(method))
            nothing = getattr(caller, method)(nowhere, **_sent(method))
            assert theirs.status_code == nothing.status_code
            assert words(theirs, foreign) == words(nothing, nowhere)


@pytest.mark.parametrize("name", sorted(API & set(ROUTES)))
def test_a_foreign_resource_below_an_own_one_is_not_found(name: str, world: World) -> None:
    caller, before = Browser(headers={"Authorization": f"Bearer {world.keys['client key']}"}), rows()
    for values in ROUTES[name].crossings(world.beta.values, world.alpha.values):
        for method in ("get", "post", "patch", "delete"):
            path = ROUTES[name].url(values)
            reply = getattr(caller, method)(path, **_sent(method))
            assert reply.status_code in (400, 403, 404, 405), f"{method} {path} gives {reply.status_code}"
            assert b"ALPHA" not in all_of(reply)
    assert rows() == before


def _sent(method: str) -> dict[str, Any]:
    body = {name: value for name, value in TYPED.items() if name in ("body", "reason", "to")}
    return {"data": body, "content_type": "application/json"} if method in ("post", "patch", "put") else {}
