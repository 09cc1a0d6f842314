"""Colleagues named in an internal note by an @ before their name."""

from __future__ import annotations

import re
from collections.abc import Mapping

MENTIONS_AT_MOST = 10
_MENTION = re.compile(r"(?<![\w@./])@(\w[\w'-]*)(?:[. \u00a0](\w[\w'-]*))?")
_CODE = re.compile(r"```.*?(?:```|$)|`[^`\n]*`", re.DOTALL)


def mentioned_in(body: str, people: Mapping[int, str]) -> list[int]:
    """The ids of those of the people whom the text names, in the order of naming and each once.

    `@Ines Valdor` and `@ines.valdor` name her, whatever the case; `@Ines` does where nobody else is called
    so. What stands in code, or is an address (`x@y`), names nobody.
    """
    whole: dict[str, int] = {}
    by_first: dict[str, list[int]] = {}
    for pk, name in people.items():
        words = name.casefold().split()
        if words:
            whole[" ".join(words)] = pk
            by_first.setdefault(words[0], []).append(pk)
    found: list[int | None] = []
    for first, second in _MENTION.findall(_CODE.sub(" ", body)):
        called = by_first.get(first.casefold(), [])
        only = called[0] if len(called) == 1 else None
        found.append(whole.get(f"{first} {second}".casefold().strip(), only))
    return [pk for pk in dict.fromkeys(found) if pk is not None][:MENTIONS_AT_MOST]
