"""How two tickets can relate, in words read from either side."""

from __future__ import annotations

from enum import StrEnum


class LinkKind(StrEnum):
    """The relation of a ticket (the source) to another (the target)."""

    BLOCKS = "blocks"
    DUPLICATES = "duplicates"
    RELATES = "relates"
    PARENT = "parent"
    FOLLOW_UP = "follow_up"
    SPLIT = "split"


WORDS: dict[str, str] = {
    LinkKind.BLOCKS: "blocks",
    LinkKind.DUPLICATES: "duplicates",
    LinkKind.RELATES: "relates to",
    LinkKind.PARENT: "is the parent of",
    LinkKind.FOLLOW_UP: "follows up on",
    LinkKind.SPLIT: "was split from",
}

REVERSE_WORDS: dict[str, str] = {
    LinkKind.BLOCKS: "is blocked by",
    LinkKind.DUPLICATES: "is duplicated by",
    LinkKind.RELATES: "relates to",
    LinkKind.PARENT: "is a part of",
    LinkKind.FOLLOW_UP: "is followed up by",
    LinkKind.SPLIT: "was split into",
}
