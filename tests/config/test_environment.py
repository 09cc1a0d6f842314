"""What the surroundings say is read whole, and refused where it makes no sense."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.environment import FileOrVariable


def test_a_variable_is_read_as_it_is() -> None:
    assert FileOrVariable({"NAME": "value"})["NAME"] == "value"


def test_a_secret_is_read_from_its_file_without_the_closing_line_break(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret \n")
    assert FileOrVariable({"NAME_FILE": str(tmp_path / "secret")})["NAME"] == "s3cret "


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="Both NAME and NAME_FILE"):
        FileOrVariable({"NAME": "a", "NAME_FILE": str(tmp_path)})["NAME"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="NAME_FILE cannot be read"):
        FileOrVariable({"NAME_FILE": str(tmp_path / "absent")})["NAME"]


def test_an_absent_variable_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        FileOrVariable({})["NAME"]


def test_the_environment_can_be_written_and_counted() -> None:
    variables = FileOrVariable({})
    variables["A"] = "1"
    assert (list(variables), len(variables)) == (["A"], 1)
    del variables["A"]
    assert len(variables) == 0


def test_a_given_key_is_taken_and_no_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert environment.secret_key(given="given", path=path, is_embedded=True) == "given"
    assert not path.exists()


def test_an_embedded_run_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "var" / "key"
    first = environment.secret_key(given="", path=path, is_embedded=True)
    assert environment.secret_key(given="", path=path, is_embedded=True) == first
    assert len(first) >= 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


def test_a_run_on_services_without_a_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.secret_key(given="", path=tmp_path / "key", is_embedded=False)
    assert not (tmp_path / "key").exists()


def test_fail_points_are_refused_unless_the_test_setting_is_on() -> None:
    with pytest.raises(ImproperlyConfigured, match="ALLOW_FAIL_POINTS"):
        environment.fail_points(names=["claimed"], is_allowed=False)


def test_fail_points_are_given_by_name_in_tests() -> None:
    assert environment.fail_points(names=["claimed"], is_allowed=True) == {"claimed"}
    assert environment.fail_points(names=[], is_allowed=False) == frozenset()


@pytest.mark.parametrize("url", ["", "desk.example.com", "https://"])
def test_an_address_without_a_host_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BASE_URL"):
        environment.host_of(url)


def test_sqlite_takes_the_write_lock_at_the_start_of_a_transaction() -> None:
    own = {"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}
    options = environment.database(own, statement_seconds=5, is_pooled=False)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_ends_statements_that_take_too_long() -> None:
    own = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"sslmode": "require"}}
    completed = environment.database(own, statement_seconds=5, is_pooled=False)
    assert completed["OPTIONS"]["options"] == "-c statement_timeout=5000"
    assert completed["OPTIONS"]["sslmode"] == "require"
    assert completed["CONN_HEALTH_CHECKS"] is True


def test_a_pooled_postgresql_keeps_no_connection_and_no_cursor() -> None:
    own = {"ENGINE": "django.db.backends.postgresql"}
    completed = environment.database(own, statement_seconds=5, is_pooled=True)
    assert (completed["CONN_MAX_AGE"], completed["DISABLE_SERVER_SIDE_CURSORS"]) == (0, True)
    assert "options" not in completed["OPTIONS"]
