"""Plans as canonical JSON: the body that a plan version keeps, and the digest by which a change is noticed.

Two plans that say the same have the same text and the same digest, whatever order their file was written in.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from contracts.domain.plan import Plan


class BodyFault(ValueError):  # noqa: N818 - named like the faults of files
    """A stored body that is not a plan: a needed key is absent."""


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON primitives; `plan_from_json` gives an equal plan back."""
    return {key: _primitive(value) for key, value in asdict(plan).items()}


def plan_from_json(body: Mapping[str, Any]) -> Plan:
    """The plan that a stored body states.

    Keys that this edition of the code does not know are passed over, so that a version signed years ago can
    always be read; a needed key that is absent raises `BodyFault`.
    """
    plan: Plan = _build(Plan, body)
    return plan


def canonical_text(body: Mapping[str, Any]) -> str:
    """The one spelling of a body: keys sorted, no blanks, no escapes."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(body: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal: equal for equal bodies."""
    return hashlib.sha256(canonical_text(body).encode()).hexdigest()


def type_faults(value: Any, hint: Any = Plan, *, place: str = "") -> Iterator[str]:  # noqa: ANN401 - typing
    """Every place of a plan that holds a value of another type than the plan's shape says."""
    origin = get_origin(hint)
    if is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type] # a class, not an instance, by the hint
        for name, inner in hints.items():
            yield from type_faults(getattr(value, name), inner, place=f"{place}.{name}" if place else name)
    elif origin is tuple:
        for inner in value:
            yield from type_faults(inner, get_args(hint)[0], place=place)
    elif origin is dict:
        if not all(isinstance(part, str) for pair in value.items() for part in pair):
            yield f"{place} holds something that is not text"
    elif origin in {Union, types.UnionType}:
        if value is not None:
            yield from type_faults(value, get_args(hint)[0], place=place)
    elif type(value) is not hint:
        yield f"{place} holds a {type(value).__name__}, not a {hint.__name__}"


def _primitive(value: Any) -> Any:  # noqa: ANN401 - any value of a JSON document
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _primitive(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_primitive(inner) for inner in value]
    return value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: type, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the type is the argument
    hints = _hints(kind)
    given: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in body:
            given[field.name] = _typed(hints[field.name], body[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BodyFault(f"{kind.__name__} needs {field.name!r}")
    return kind(**given)


def _typed(hint: Any, value: Any) -> Any:  # noqa: ANN401 - hints are typing objects
    origin = get_origin(hint)
    if origin is tuple:
        inner = get_args(hint)[0]
        return tuple(_typed(inner, item) for item in value)
    if origin in {Union, types.UnionType}:
        return None if value is None else _typed(get_args(hint)[0], value)
    if origin is dict:
        return dict(value)
    if is_dataclass(hint):
        return _build(hint, value)  # type: ignore[arg-type] # a class, not an instance, by the hint
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return value
