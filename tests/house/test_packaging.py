"""What is installed and started elsewhere: pins, targets, image and compose file."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml


@pytest.fixture
def compose(root: Path) -> dict[str, Any]:
    """The compose file, read."""
    return dict(yaml.safe_load((root / "docker-compose.yml").read_text()))


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_every_pin_has_a_hash_and_no_host(root: Path, name: str) -> None:
    text = (root / "requirements" / name).read_text()
    pins = re.findall(r"^[a-z0-9][^ \n]*==.*?(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert len(pins) > 50
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in text


def test_what_runs_is_pinned_the_same_in_development(root: Path) -> None:
    run, dev = ((root / "requirements" / name).read_text() for name in ("base.txt", "dev.txt"))
    pins = [
        set(re.findall(r"^([a-z0-9-]+(?:\[.*?\])?==\S+)", text, flags=re.MULTILINE)) for text in (run, dev)
    ]
    assert pins[0] <= pins[1]


@pytest.mark.parametrize("target", ["run", "test", "test-services", "check", "bench", "format"])
def test_every_promised_target_is_there(root: Path, target: str) -> None:
    assert re.search(rf"^{target}:.*## ", (root / "Makefile").read_text(), flags=re.MULTILINE)


def test_the_whole_check_is_one_program(root: Path) -> None:
    assert os.access(root / ".ci" / "run", os.X_OK)


def test_the_image_runs_as_nobody_special(root: Path) -> None:
    lines = (root / "Dockerfile").read_text().splitlines()
    assert "USER caredesk" in lines
    assert any("--require-hashes" in line for line in lines)


def test_the_queue_is_never_evicted_and_wants_a_password(compose: dict[str, Any]) -> None:
    command = compose["services"]["queue"]["command"]
    assert "noeviction" in command
    assert "--requirepass" in command


def test_the_application_never_connects_as_the_owner_of_the_server(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert "NOSUPERUSER NOBYPASSRLS" in services["role"]["command"][2]
    for name in ("migrate", "web", "worker", "beat"):
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgresql://caredesk:")


def test_a_worker_has_time_to_finish_what_it_began(compose: dict[str, Any]) -> None:
    from_compose = int(compose["services"]["worker"]["stop_grace_period"].removesuffix("s"))
    assert from_compose > 90
    assert compose["services"]["worker"]["init"] is True


def test_no_old_compose_refuses_the_file(compose: dict[str, Any]) -> None:
    assert "name" not in compose
