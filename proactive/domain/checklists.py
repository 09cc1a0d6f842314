"""What is looked at in a health assessment, by product, as it stands in the checklist files (P2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to look at, under its topic."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The points for some products; a list that names none is for every product."""

    products: tuple[str, ...]
    points: tuple[Point, ...]

    def is_for(self, product: str) -> bool:
        """Whether the list holds for that product; letter case does not matter."""
        return not self.products or product.casefold() in {one.casefold() for one in self.products}


class ChecklistFault(ValueError):  # noqa: N818 - says what it is
    """A checklist file that cannot be read; the text names file, table and key."""


def read_checklists(content: Mapping[str, Any], *, name: str) -> list[Checklist]:
    """The checklists of one file's content; raises `ChecklistFault` with everything that is wrong in it."""
    faults: list[str] = []
    found = []
    for number, table in enumerate(content.get("checklist", ()), start=1):
        where = f"{name}, checklist {number}"
        points = [_point(row, f"{where}, point {row_number}", faults) for row_number, row in _rows(table)]
        if not points:
            faults.append(f"{where}: points are missing")
        found.append(Checklist(products=tuple(table.get("products", ())), points=tuple(points)))
    if not found:
        faults.append(f"{name}: it has no [[checklist]]")
    if faults:
        raise ChecklistFault("; ".join(faults))
    return found


def points_for(product: str, *, lists: Iterable[Checklist], topics: Sequence[str]) -> list[Point]:
    """Everything to look at on that product: its own points, the common ones, and every topic of the plan.

    A topic of the plan that no point stands under gets one of its own, so that nothing promised is left out.
    """
    fitting = sorted((one for one in lists if one.is_for(product)), key=lambda one: not one.products)
    points = list(dict.fromkeys(point for one in fitting for point in one.points))
    covered = {point.topic.casefold() for point in points}
    return points + [
        Point(topic=topic, text=f"{topic} looked through")
        for topic in topics
        if topic.casefold() not in covered
    ]


def _rows(table: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    return list(enumerate(table.get("point", ()), start=1))


def _point(row: Mapping[str, Any], where: str, faults: list[str]) -> Point:
    faults += [f"{where}: {key} is missing" for key in ("topic", "text") if not str(row.get(key, "")).strip()]
    if unknown := sorted(set(row) - {"topic", "text"}):
        faults.append(f"{where}: {', '.join(unknown)} is not known")
    return Point(topic=str(row.get("topic", "")), text=str(row.get("text", "")))
