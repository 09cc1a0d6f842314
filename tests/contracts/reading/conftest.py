"""Folders of plan files with something wrong in them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.reading import PlanFault, PlanFaults, read_catalogue

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real files, to be edited."""
    for name in ("plans", "calendars"):
        shutil.copytree(CONTRACTS / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def faults_after(folder: Path) -> Callable[..., list[PlanFault]]:
    """The faults that the catalogue has when one text of one file is replaced by another."""

    def edit(file: str, old: str, new: str) -> list[PlanFault]:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(PlanFaults) as caught:
            read_catalogue(plans=folder / "plans", calendars=folder / "calendars")
        return list(caught.value.faults)

    return edit
