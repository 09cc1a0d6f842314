"""What people type, made fit for storing: nothing invisible, nothing endless."""

from __future__ import annotations

import re
import unicodedata

BODY_LIMIT = 100_000
SUBJECT_LIMIT = 250
TAG_LIMIT = 40
TAGS_AT_MOST = 20
NAME_LIMIT = 200
SUBMISSION_ID_LIMIT = 64

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_KEPT_IN_BODIES = "\n\t"
#: Marks that turn the reading direction: they make `exe.png` look like `gnp.exe`.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def clean_body(text: str) -> str:
    """A body with plain line ends, without control characters, and without blanks at its end."""
    lines = _LINE_ENDS.sub("\n", text)
    return "".join(mark for mark in lines if mark in _KEPT_IN_BODIES or not _is_control(mark)).rstrip()


def clean_line(text: str) -> str:
    """One line without control characters or turning marks, its blanks single."""
    line = _BLANKS.sub(" ", text)
    kept = "".join(mark for mark in line if not _is_control(mark) and mark not in _TURNING)
    return _BLANKS.sub(" ", kept).strip()  # once more: what was dropped may have stood between two blanks


def is_submission_id(text: str) -> bool:
    """Whether that can tell one sending of a form from another: printable, and short enough for a row."""
    return text.isascii() and text.isprintable() and len(text) <= SUBMISSION_ID_LIMIT


def clean_tags(tags: list[str] | tuple[str, ...]) -> list[str]:
    """Tags in lower case, each once, in the order given; empty ones fall away."""
    cleaned = (clean_line(tag).lower() for tag in tags)
    return list(dict.fromkeys(tag for tag in cleaned if tag))


def clean_file_name(name: str) -> str:
    """A name to show and to offer for saving: no path, no control characters, no turning marks.

    The ending survives when a long name is cut; a name of nothing but dots becomes `file`.
    """
    last = re.split(r"[\\/]", clean_line(name))[-1].strip()
    if not last.strip(". "):
        return "file"
    stem, dot, ending = last.rpartition(".")
    if len(last) <= NAME_LIMIT or not dot or len(ending) > 20:
        return last[:NAME_LIMIT]
    return f"{stem[: NAME_LIMIT - len(ending) - 1]}.{ending}"


def _is_control(mark: str) -> bool:
    return unicodedata.category(mark) in {"Cc", "Cs"}
