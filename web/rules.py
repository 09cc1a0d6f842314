"""The wordings of a golden rule as every side shows them: each with what it changed of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.domain.wording import Line, compared
from contracts.models import Sop, SopVersion

MARKS = {"same": " ", "gone": "−", "new": "+"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording; `changes` are the lines of the one before and of this one, empty for the first."""

    version: SopVersion
    before: int
    changes: Sequence[Line]


def wordings_of(rule: Sop) -> list[Wording]:
    """The wordings of a rule, the newest first, each compared with the last before it.

    Nothing is compared with a declined one. The rule comes with its versions at hand.
    """
    versions = sorted(rule.versions.all(), key=lambda version: version.number)
    found = []
    for place, version in enumerate(versions):
        kept = [one for one in versions[:place] if one.declined_at is None]
        before = kept[-1] if kept else None
        found.append(
            Wording(
                version=version,
                before=before.number if before else 0,
                changes=compared(before=before.body, after=version.body) if before else (),
            )
        )
    return found[::-1]
