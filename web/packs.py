"""A frozen pack as pages show it: charts drawn, and every number with the address of its source (P3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from accounts.models import Client
from web.drawing.bars import Bars, bars_of
from web.drawing.line_chart import LineChart, line_chart

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One number, what it was before, and where it comes from."""

    label: str
    words: str
    before: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One part of the pack: numbers, pictures and tables, whose rows are address, first cell, others."""

    key: str
    title: str
    note: str
    figures: tuple[FigureView, ...]
    lines: tuple[LineChart, ...]
    bars: tuple[Bars, ...]
    tables: tuple[tuple[Sequence[str], list[tuple[str, str, list[str]]]], ...]


def section_views(pack: Found, *, client: Client, is_staff: bool) -> list[SectionView]:
    """The sections of a stored pack for readers of one side; nothing of them is worked out anew."""
    side = _Side(client=client, is_staff=is_staff)
    return [_section(part, side) for part in pack["sections"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """Where the sources of a pack are for the reader."""

    client: Client
    is_staff: bool

    def address(self, of: Found | None) -> str:
        """The address of a source; empty where this side has no page for it."""
        if not of:
            return ""
        where = dict(of["where"])
        try:
            return self._staff(of["page"], where) if self.is_staff else self._portal(of["page"], where)
        except NoReverseMatch:
            return ""

    def _portal(self, page: str, where: dict[str, str]) -> str:
        slug = self.client.slug
        if page in ("report", "clocks"):
            name = "report" if page == "report" else "report_clocks"
            return f"{reverse(f'portal:{name}', kwargs={'client': slug})}?{urlencode(where)}"
        if page == "statement":
            kwargs = {"client": slug, "contract_id": where["contract"], "month": where["month"]}
            return reverse("portal:statement", kwargs=kwargs)
        if page in ("assessment", "review"):
            return reverse(f"portal:{page}", kwargs={"client": slug, f"{page}_id": where["id"]})
        if page == "ticket":
            return reverse("portal:ticket", kwargs={"client": slug, "key": where["key"]})
        return reverse(f"portal:{page}", kwargs={"client": slug})

    def _staff(self, page: str, where: dict[str, str]) -> str:
        if page in ("report", "clocks"):
            name = "report" if page == "report" else "report_clocks"
            return f"{reverse(f'success:{name}')}?{urlencode({'client': self.client.key, **where})}"
        if page in ("assessment", "review"):
            return reverse(f"success:{page}", kwargs={f"{page}_id": where["id"]})
        if page == "ticket":
            return reverse("desk:ticket", kwargs={"key": where["key"]})
        return reverse("success:client", kwargs={"client": self.client.slug})


def _section(part: Found, side: _Side) -> SectionView:
    pictures = [(f"{part['key']}-{number}", one) for number, one in enumerate(part["charts"], start=1)]
    return SectionView(
        key=part["key"],
        title=part["title"],
        note=part["note"],
        figures=tuple(
            FigureView(
                label=one["label"],
                words=one["words"],
                before=one["before"],
                address=side.address(one["source"]),
            )
            for one in part["figures"]
        ),
        lines=tuple(_line(name, one) for name, one in pictures if one["kind"] == "line"),
        bars=tuple(_bars(name, one) for name, one in pictures if one["kind"] == "bars"),
        tables=tuple(
            (one["heads"], [_row(row, side) for row in one["rows"]]) for one in part["tables"] if one["rows"]
        ),
    )


def _line(name: str, picture: Found) -> LineChart:
    figures = [(label, amount) for label, amount, _ in picture["points"]]
    return line_chart(figures, element_id=name, name=picture["name"])


def _bars(name: str, picture: Found) -> Bars:
    amounts = [(label, amount or 0.0, words) for label, amount, words in picture["points"]]
    return bars_of(amounts, element_id=name, title=picture["name"])


def _row(row: Found, side: _Side) -> tuple[str, str, list[str]]:
    first, *others = row["cells"]
    return side.address(row["source"]), first, others
