"""What is wrong with a plan or calendar file, said so that whoever wrote the line can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class PlanFault:
    """One fault: the file's name, the table in it, the key in that table, and the reason."""

    file: str
    where: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: [{self.where or 'top'}] {self.key}: {self.reason}"


class PlanFaults(ValueError):  # noqa: N818 - a list of faults, not an error class of its own kind
    """The catalogue cannot be read; `faults` holds every fault of every file, in file order, each once."""

    def __init__(self, faults: Iterable[PlanFault]) -> None:
        self.faults: tuple[PlanFault, ...] = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def table_of(path: Sequence[Any]) -> str:
    """A path of keys and positions as a reader of the file would write it: `targets[1].within`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
