"""Every fault names file, table and key, and all faults of all files are told together."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.reading import PlanFault, PlanFaults, read_catalogue

FaultsAfter = Callable[..., list[PlanFault]]
TC, MSH = "plans/total-care.toml", "plans/managed-self-hosted.toml"
CASES: list[dict[str, str]] = json.loads((Path(__file__).parent / "faults.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['file']}-{case['new']}")
def test_a_fault_names_file_table_and_key(case: dict[str, str], faults_after: FaultsAfter) -> None:
    found = faults_after(case["file"], case["old"], case["new"])
    expected = (Path(case["file"]).name, case["where"], case["key"])
    reasons = [fault.reason for fault in found if (fault.file, fault.where, fault.key) == expected]
    assert any(case["reason"] in reason for reason in reasons), [str(fault) for fault in found]


def test_a_fault_of_a_shared_table_is_told_once_for_all_its_plans(faults_after: FaultsAfter) -> None:
    assert len(faults_after(TC, "rank = 4", "rank = 3")) == 2


def test_faults_of_several_files_are_told_together(faults_after: FaultsAfter, folder: Path) -> None:
    (folder / "plans" / "broken.toml").write_text("family = ", "utf-8")
    files = {fault.file for fault in faults_after(MSH, 'calendar = "24x7"', 'calendar = "x"')}
    assert files == {"broken.toml", "managed-self-hosted.toml"}


def test_two_plans_of_one_key_are_refused(folder: Path) -> None:
    (folder / "plans" / "copy.toml").write_text((folder / TC).read_text("utf-8"), "utf-8")
    with pytest.raises(PlanFaults, match="another plan has this key"):
        read_catalogue(plans=folder / "plans", calendars=folder / "calendars")


def test_a_fault_reads_as_one_line() -> None:
    assert str(PlanFault("a.toml", "hours", "model", "missing")) == "a.toml: [hours] model: missing"


def test_the_real_files_have_no_fault(folder: Path) -> None:
    found = read_catalogue(plans=folder / "plans", calendars=folder / "calendars")
    assert (len(found.plans), len(found.calendars)) == (12, 4)
