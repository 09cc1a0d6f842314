"""What the surroundings say: environment variables, secrets kept in files, and what is refused.

`NAME_FILE` gives the path of a file that holds the value of `NAME`. Nothing here imports Django's settings.
"""

import os
import secrets
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured


class FileOrVariable(MutableMapping[str, str]):
    """The environment, in which `NAME_FILE` stands for a file that holds `NAME`, less its closing break."""

    def __init__(self, variables: MutableMapping[str, str]) -> None:
        self._variables = variables

    def __getitem__(self, name: str) -> str:
        path = self._variables.get(f"{name}_FILE")
        if not path or name.endswith("_FILE"):
            return self._variables[name]
        if name in self._variables:
            raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set; keep one of them.")
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as fault:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {fault.strerror}.") from fault

    def __setitem__(self, name: str, value: str) -> None:
        self._variables[name] = value

    def __delitem__(self, name: str) -> None:
        del self._variables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables)

    def __len__(self) -> int:
        return len(self._variables)


class Environment(environ.Env):  # type: ignore[misc]  # the library carries no types
    """The reader of every setting."""

    ENVIRON = FileOrVariable(os.environ)


def kept_secret_key(path: Path) -> str:
    """Give the key of this machine's embedded run, made at the first start and kept for the later ones.

    Safe when several processes start at once: the first to finish writing wins, the others read its key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8")


def secret_key(*, given: str, path: Path, is_embedded: bool) -> str:
    """Give the secret key: the one given, else a kept one; refused where each machine would make its own."""
    if given:
        return given
    if not is_embedded:
        raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE): PostgreSQL or Redis is in use.")
    return kept_secret_key(path)


def fail_points(*, names: list[str], is_allowed: bool) -> frozenset[str]:
    """Give the crash points that are switched on; refused unless the test setting allows them."""
    if names and not is_allowed:
        raise ImproperlyConfigured("FAIL_POINTS is for tests: it needs ALLOW_FAIL_POINTS=1 beside it.")
    return frozenset(names)


def host_of(url: str) -> str:
    """Give the host of an address, without port; raises for an address that has none."""
    host = urlsplit(url).hostname
    if not host:
        raise ImproperlyConfigured(f"BASE_URL must look like https://desk.example.com, not {url!r}.")
    return host


def database(settings: dict[str, Any], *, statement_seconds: int, is_pooled: bool) -> dict[str, Any]:
    """Complete the settings of the database for its kind.

    SQLite: writers queue at BEGIN instead of failing half-way. PostgreSQL: connections are kept and tested
    before use; `statement_seconds` (0 = none) ends what takes too long; `is_pooled` is the transaction mode
    of pgbouncer.
    """
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
            "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
        )
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
        return {**settings, "OPTIONS": options}
    options = {"connect_timeout": 5, **settings.get("OPTIONS", {})}
    if statement_seconds and not is_pooled:
        options["options"] = f"-c statement_timeout={statement_seconds * 1000}"
    return {
        **settings,
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if is_pooled else 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
    }
