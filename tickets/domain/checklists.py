"""Templates of planned changes: plan, window and approvals, the way back, checks afterwards (domain.md §4).

Templates are data: one TOML file each under `tickets/checklists/`, named like its key. A ticket gets a copy
of the steps, so that a template that changes leaves running changes as they are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: The stages of a change in their order, with their headings.
STAGES: Mapping[str, str] = {
    "plan": "Plan",
    "window": "Window and approvals",
    "way_back": "Way back",
    "after": "Checks afterwards",
}
LABEL_LIMIT = 200


class ChecklistFault(ValueError):  # noqa: N818 - a fault of a file, named as one
    """A template that cannot be used, with the file's key and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do or to have agreed, in one of the stages."""

    stage: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of planned change with its steps, in the order in which they are done."""

    key: str
    title: str
    summary: str
    steps: tuple[Step, ...]


def template_from(key: str, text: str) -> Template:
    """The template that a file states; raises `ChecklistFault` with every reason why it cannot be used.

    Each stage has a step at least, and the steps stand in the order of the stages.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ChecklistFault(f"{key}: {error}") from error
    steps = content.get("steps", [])
    faults = [*_head_faults(content), *_step_faults(steps if isinstance(steps, list) else [])]
    if faults:
        raise ChecklistFault(f"{key}: {'; '.join(faults)}")
    return Template(
        key=key,
        title=content["title"],
        summary=content["summary"],
        steps=tuple(Step(stage=one["stage"], label=one["label"]) for one in steps),
    )


def _head_faults(content: Mapping[str, Any]) -> list[str]:
    faults = [f"`{name}` is missing or empty" for name in ("title", "summary") if not _is_text(content, name)]
    unknown = sorted(set(content) - {"title", "summary", "steps"})
    return faults + [f"`{name}` is not known" for name in unknown]


def _step_faults(steps: list[Any]) -> list[str]:
    faults = []
    for number, step in enumerate(steps, start=1):
        if not isinstance(step, dict) or set(step) != {"stage", "label"}:
            faults.append(f"step {number} has a `stage` and a `label`, and nothing else")
        elif step["stage"] not in STAGES:
            faults.append(f"step {number}: `stage` is one of {', '.join(STAGES)}")
        elif not _is_text(step, "label") or len(step["label"]) > LABEL_LIMIT:
            faults.append(f"step {number}: `label` has 1 to {LABEL_LIMIT} characters")
    if faults:
        return faults
    stages = [step["stage"] for step in steps]
    faults = [f"no step stands in the stage `{stage}`" for stage in STAGES if stage not in stages]
    order = list(STAGES)
    if stages != sorted(stages, key=order.index):
        faults.append(f"the steps stand in the order {', '.join(order)}")
    return faults


def _is_text(content: Mapping[str, Any], name: str) -> bool:
    value = content.get(name)
    return isinstance(value, str) and bool(value.strip())
