"""What every test may rely on: settings of their own, an empty cache, Chromium, a worker of Celery."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from config.celery import app

FOLDER = Path(__file__).parent

# The same examples each time, however slow the machine; HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


#: Few tests, each of many seconds: told first, so that no process waits at the end for another's last story.
LONG = ("house", "durability", "browser", "flows", "benchmarks")


#: What leads a test to the database.
STORES = {"db", "transactional_db", "live_server"}
#: Folders whose tests may meet Redis without any database.
CARRIED = ("config", "events", "notify", "durability")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what is long, mark what drives Chromium, skip by name what needs absent services.

    Beside PostgreSQL and Redis only what a database can change is run again; the rest counts as deselected.
    """
    items.sort(key=lambda item: item.path.relative_to(FOLDER).parts[0] not in LONG)
    if os.environ.get("CAREDESK_SERVICES") == "1":
        told_once = [item for item in items if is_told_once(item)]
        config.hook.pytest_deselected(items=told_once)
        items[:] = [item for item in items if not is_told_once(item)]
    absent = pytest.mark.skip(reason="needs PostgreSQL and Redis: make test-services")
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.get_closest_marker("services") and not settings.REDIS_URL:
            item.add_marker(absent)


def is_told_once(item: pytest.Item) -> bool:
    """Say whether no database changes what the test finds: pure arithmetic, or the look of pages."""
    if item.get_closest_marker("services") or item.path.relative_to(FOLDER).parts[0] in CARRIED:
        return False
    is_stored = STORES.intersection(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
    return not is_stored or item.get_closest_marker("looks") is not None


def worker_number() -> int:
    """Give the number of this process among those of pytest-xdist; 0 when it is alone."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@pytest.fixture(scope="session", autouse=True)
def suite_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings of the suite: quick hashes, a folder of its own, a queue and a cache for each process."""
    folder = tmp_path_factory.mktemp("var")
    changes: dict[str, object] = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "VAR_DIR": folder,
        "MEDIA_ROOT": folder / "media",
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "WHITENOISE_AUTOREFRESH": True,
    }
    if settings.REDIS_URL:
        base, _, _ = settings.REDIS_URL.rpartition("/")
        own = {**settings.CACHES["default"], "LOCATION": f"{base}/{1 + worker_number()}"}
        changes["CACHES"] = {"default": own}
    app.conf.task_default_queue = f"tests-{worker_number()}"
    with override_settings(**changes):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Keep SQLite's test database in a file, so that threads and live servers meet as in real life."""
    database = connections["default"].settings_dict
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Start each test with an empty cache, so that no rate limit of another test counts."""
    cache.clear()


@pytest.fixture(autouse=True)
def answered_to_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the live server answer what pages asked for as they closed, before the tables are emptied."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")  # made before this, hence emptied after it
    open_requests: set[int] = set()

    def begin(**_: object) -> None:
        open_requests.add(threading.get_ident())

    def end(**_: object) -> None:
        open_requests.discard(threading.get_ident())

    request_started.connect(begin)
    request_finished.connect(end)
    yield
    until = time.monotonic() + 10
    quiet = 0
    while quiet < 3 and time.monotonic() < until:
        quiet = 0 if open_requests else quiet + 1
        time.sleep(0.02)
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; without one the test is skipped, or fails with REQUIRE_BROWSER=1."""
    path = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("Chromium is not installed, and REQUIRE_BROWSER=1.")
        pytest.skip("Chromium is not installed")
    # Playwright runs an event loop in this thread; our code under test stays synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh page at the live server, in UTC; a script error or a breach of the policy fails the test."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 1440, "height": 900},
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    faults: list[str] = []
    own = context.new_page()
    own.on("pageerror", lambda error: faults.append(str(error)))
    own.on(
        "console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None
    )
    yield own
    context.close()
    assert faults == []


@pytest.fixture
def celery_worker(transactional_db: None) -> Iterator[object]:
    """A worker on the real broker, on the queue of this test process; for tests marked `services`."""
    with start_worker(app, pool="threads", perform_ping_check=False) as worker:
        yield worker


@pytest.fixture
def root() -> Path:
    """The folder of the project."""
    return Path(settings.BASE_DIR)
