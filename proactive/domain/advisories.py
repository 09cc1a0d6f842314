"""Reading one entry of a feed of the National Vulnerability Database, in its JSON form 2.0 (P9).

Only what decides whom it concerns is read. An entry that does not keep to the form is refused by itself, with
what is wrong; the entries around it are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from proactive.domain.cpe import NotACpeError, Range, read_range

#: From this base score on, the score itself included, an advisory concerns us.
GRAVE: Final = 9.0
TITLE_LIMIT: Final = 500
_NAME = re.compile(r"CVE-[0-9]{4}-[0-9]{4,12}")
_NEWER = ("cvssMetricV40", "cvssMetricV31", "cvssMetricV30")
_OLDER = ("cvssMetricV2",)


class MalformedEntryError(ValueError):
    """The entry does not keep to the form; the words say where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisoryFacts:
    """One advisory: its name, what it is about, its base score, and the affected versions by product."""

    name: str
    title: str
    score: float
    published_at: datetime
    modified_at: datetime
    url: str
    ranges: tuple[Range, ...]
    is_rejected: bool = False

    @property
    def is_grave(self) -> bool:
        """Whether its base score makes it concern us."""
        return self.score >= GRAVE and not self.is_rejected


def read_entry(entry: object) -> AdvisoryFacts:
    """The advisory in one element of `vulnerabilities`; raises `MalformedEntryError`."""
    cve = entry.get("cve") if isinstance(entry, Mapping) else None
    if not isinstance(cve, Mapping):
        raise MalformedEntryError("An entry without “cve”.")
    name = cve.get("id")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise MalformedEntryError(f"An entry without a name of its own: {str(name)[:40]}.")
    try:
        return AdvisoryFacts(
            name=name,
            title=_title(cve),
            score=_score(cve.get("metrics") or {}),
            published_at=_moment(cve["published"]),
            modified_at=_moment(cve["lastModified"]),
            url=f"https://nvd.nist.gov/vuln/detail/{name}",
            ranges=tuple(_ranges(cve.get("configurations") or [])),
            is_rejected=cve.get("vulnStatus") == "Rejected",
        )
    except NotACpeError as fault:
        raise MalformedEntryError(f"{name}: no name of a product: {fault}.") from fault
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        raise MalformedEntryError(f"{name}: {type(fault).__name__} at {str(fault)[:80]}.") from fault


def _title(cve: Mapping[str, Any]) -> str:
    texts = {one["lang"]: str(one["value"]) for one in cve.get("descriptions") or []}
    text = texts.get("en") or next(iter(texts.values()), "")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:TITLE_LIMIT]


def _score(metrics: Mapping[str, Any]) -> float:
    """The highest base score by the newer scales; the oldest scale counts where no newer one was used."""
    for scales in (_NEWER, _OLDER):
        scores = [float(one["cvssData"]["baseScore"]) for scale in scales for one in metrics.get(scale) or []]
        if scores:
            return max(score for score in scores if 0 <= score <= 10)
    return 0.0


def _ranges(configurations: list[Mapping[str, Any]]) -> Iterator[Range]:
    """What is marked as vulnerable; the platform that it runs on is not asked about."""
    for configuration in configurations:
        for node in configuration.get("nodes") or []:
            if node.get("negate"):
                continue
            for match in node.get("cpeMatch") or []:
                if match.get("vulnerable") is True:
                    yield read_range(match)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
