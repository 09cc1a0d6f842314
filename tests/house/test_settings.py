"""The whole of the settings, as a process of its own reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = "import json, config.settings as s; print(json.dumps({n: getattr(s, n) for n in %r}, default=str))"


def start(tmp_path: Path, names: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Read settings in a fresh process that sees only these variables."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **variables}
    command = [sys.executable, "-c", READ % names]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def read(tmp_path: Path, *names: str, **variables: str) -> list[object]:
    """Give these settings as such a process has them."""
    told = start(tmp_path, list(names), **variables)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    return [found[name] for name in names]


def test_nothing_set_is_an_embedded_run_from_which_nothing_leaves(tmp_path: Path) -> None:
    broker, wakes, mail, debug, demo = read(
        tmp_path, "CELERY_BROKER_URL", "WAKE_WORKER", "EMAIL_BACKEND", "DEBUG", "DEMO"
    )
    assert (broker, wakes, debug, demo) == ("memory://localhost/", False, False, False)
    assert mail == "django.core.mail.backends.filebased.EmailBackend"


def test_services_are_taken_from_their_addresses(tmp_path: Path) -> None:
    databases, broker = read(
        tmp_path,
        "DATABASES",
        "CELERY_BROKER_URL",
        DATABASE_URL="postgresql://u:p@db.example:5433/desk",
        REDIS_URL="redis://r.example:6379/0",
        SECRET_KEY="k" * 60,
    )
    assert isinstance(databases, dict)
    assert (databases["default"]["HOST"], databases["default"]["PORT"]) == ("db.example", 5433)
    assert broker == "redis://r.example:6379/0"


def test_secrets_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")
    assert read(tmp_path, "SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "key")) == ["from a file"]


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"FAIL_POINTS": "claimed"}, "ALLOW_FAIL_POINTS"),
        ({"REDIS_URL": "redis://r.example/0"}, "SECRET_KEY"),
        ({"BASE_URL": "desk"}, "BASE_URL"),
        ({"SENTRY_DSN": "https://k@s.example/1"}, "sentry-sdk"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(tmp_path: Path, variables: dict[str, str], word: str) -> None:
    told = start(tmp_path, [], **variables)
    assert told.returncode != 0
    assert word in told.stderr


def test_an_https_address_makes_cookies_and_headers_strict(tmp_path: Path) -> None:
    names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"]
    name, *strict = read(tmp_path, *names, BASE_URL="https://desk.example.com")
    assert name == "__Host-caredesk"
    assert all(strict)


def test_forwarded_headers_count_only_behind_our_own_proxy(tmp_path: Path) -> None:
    assert read(tmp_path, "SECURE_PROXY_SSL_HEADER") == [None]
    assert read(tmp_path, "SECURE_PROXY_SSL_HEADER", PROXY_COUNT="1") != [None]


def test_mail_goes_where_its_address_says(tmp_path: Path) -> None:
    names = ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_HOST_USER"]
    told = read(tmp_path, *names, EMAIL_URL="smtp+tls://user:pw@mail.example:587")
    assert told == ["mail.example", 587, True, "user"]


def test_django_finds_nothing_to_warn_of_in_production(tmp_path: Path, root: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "BASE_URL": "https://desk.example.com",
        "PROXY_COUNT": "1",
        "SECRET_KEY": "0123456789abcdefghij" * 3,
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    told = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
