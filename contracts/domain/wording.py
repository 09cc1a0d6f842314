"""How two wordings of a golden rule differ, line by line, for those who are to agree to the newer one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either wording: `same` in both, `gone` from the older, or `new` in the newer."""

    change: str
    text: str


def compared(*, before: str, after: str) -> list[Line]:
    """Both wordings as one list of lines in reading order; what went stands before what came."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            lines += [Line("same", text) for text in old[old_start:old_end]]
        else:
            lines += [Line("gone", text) for text in old[old_start:old_end]]
            lines += [Line("new", text) for text in new[new_start:new_end]]
    return lines
