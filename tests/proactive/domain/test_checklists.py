"""The checklists of health assessments: what is read from files, and what a product gets (P2)."""

from __future__ import annotations

import pytest

from proactive.checklists import checklists
from proactive.domain.checklists import ChecklistFault, Point, points_for, read_checklists

COMMON = {"products": [], "point": [{"topic": "Memory", "text": "Heap"}]}
JIRA = {"products": ["Jira"], "point": [{"topic": "Index", "text": "Consistent"}]}


def test_a_product_gets_its_own_points_before_the_common_ones() -> None:
    lists = read_checklists({"checklist": [COMMON, JIRA]}, name="x.toml")
    assert [point.text for point in points_for("jira", lists=lists, topics=())] == ["Consistent", "Heap"]
    assert [point.text for point in points_for("Wiki", lists=lists, topics=())] == ["Heap"]


def test_no_topic_that_the_plan_promises_is_left_out() -> None:
    lists = read_checklists({"checklist": [COMMON]}, name="x.toml")
    points = points_for("Jira", lists=lists, topics=("memory", "Licences"))
    assert points[1:] == [Point(topic="Licences", text="Licences looked through")]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = {"checklist": [{"point": [{"topic": "", "text": "x", "txet": "y"}]}, {"products": ["Jira"]}]}
    with pytest.raises(ChecklistFault) as fault:
        read_checklists(wrong, name="x.toml")
    said = str(fault.value)
    assert "checklist 1, point 1: topic is missing" in said
    assert "txet is not known" in said
    assert "checklist 2: points are missing" in said


def test_an_empty_file_is_a_fault() -> None:
    with pytest.raises(ChecklistFault, match=r"no \[\[checklist\]\]"):
        read_checklists({}, name="x.toml")


def test_the_files_of_the_house_can_be_read_and_say_nothing_twice() -> None:
    for product in ("Jira", "Confluence", "Bitbucket", "Exalate", "Anything"):
        points = points_for(product, lists=checklists(), topics=())
        assert len(points) >= 10
        assert len(points) == len({point.text for point in points})
