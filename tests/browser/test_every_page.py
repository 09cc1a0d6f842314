"""Every page of the product, read from the resolver: nothing that axe finds, nothing that scrolls sideways.

A new route is looked at by itself, in the world of the tenancy test, which has one of everything. What only
acts, sends a file or leads elsewhere is no page.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person, Team
from tests.browser.looking import faults_on
from tests.browser.test_desk import signed_in
from tests.house.tenancy.routes import every_route
from tests.house.tenancy.world import Half, make_tenancy_world

SIDES = {"portal": "poc", "desk": "administrator", "success": "administrator", "setup": "administrator"}
#: Fewer pages than this would mean that the world, and no page, was looked at.
FEWEST = {"portal": 25, "desk": 60, "success": 20, "setup": 35}


def pages_of(side: str, half: Half, person: Person) -> Iterator[str]:
    """The addresses below that side at which this person gets a page."""
    visitor = Client()
    visitor.force_login(person)
    shared = {"plan": "total-care", "before": 1, "after": 1, "team_id": Team.objects.earliest("id").pk}
    for name, route in sorted(every_route().items()):
        if name.partition(":")[0] == side:
            address = route.url({**shared, **half.values})
            answer = visitor.get(address)
            is_whole = not answer.streaming and answer.content[:40].lstrip().lower().startswith(b"<!doctype")
            if answer.status_code == 200 and is_whole:
                yield address


@pytest.mark.looks
@pytest.mark.parametrize("side", SIDES)
def test_everybody_can_read_every_page(chromium: Browser, live_server: LiveServer, side: str) -> None:
    half = make_tenancy_world().alpha
    person = half.desk.person(SIDES[side])
    addresses = list(pages_of(side, half, person))
    size = {"width": 390, "height": 844}
    context = signed_in(chromium, live_server, person, viewport=size, color_scheme="dark")
    faults = faults_on(context.new_page(), *addresses)
    context.close()
    assert faults == []
    assert len(addresses) >= FEWEST[side]
