"""What two versions of a plan say differently, place by place, before a contract is moved between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.domain.amending import NATURAL_KEYS, TARGET_KEYS


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of the plan with what it said before and says after; None where it said nothing."""

    path: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every place at which two plan bodies differ, in the order of their paths."""
    old, new = dict(_places("", before)), dict(_places("", after))
    paths = sorted(set(old) | set(new))
    return [
        Difference(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path)
    ]


def _places(path: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _places(f"{path}.{key}" if path else str(key), inner)
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for element in value:
            yield from _places(f"{path}.{_name(element)}", element)
    else:
        yield path, value


def _name(element: Mapping[str, Any]) -> str:
    if set(TARGET_KEYS) <= set(element):
        return ".".join(str(element[key]) for key in TARGET_KEYS)
    return next((str(element[key]) for key in NATURAL_KEYS if key in element), "")
