"""What somebody wrote, apart from what their mail program quoted below it; nothing is thrown away."""

from __future__ import annotations

from typing import Final

from mailparser_reply import EmailReplyParser

_LANGUAGES: Final = ["en", "de", "fr", "nl", "es", "it"]
_HEADS: Final = EmailReplyParser(languages=_LANGUAGES).read("").HEADER_REGEX
#: The library's patterns are not made for lines or texts without end.
_LINE_LIMIT = 160
_LINES_AT_MOST = 1_000


def folded(text: str) -> tuple[str, str]:
    """The new words, and the quoted ones behind them that a page shows on demand.

    Where somebody answers between the quoted lines, or writes nothing above them, the whole is new.
    """
    lines = text.split("\n")
    begin = _first_quoted(lines)
    fresh, quoted = "\n".join(lines[:begin]).rstrip(), "\n".join(lines[begin:]).strip()
    if not fresh.strip() or not quoted or _is_answered_between(lines[begin:]):
        return text, ""
    return fresh, quoted


def _first_quoted(lines: list[str]) -> int:
    """The number of the line at which the quoting begins; behind the last line when nothing is quoted."""
    short = "\n".join(line.strip()[:_LINE_LIMIT] for line in lines[:_LINES_AT_MOST])
    head = _HEADS.search(short)
    begin = len(lines)
    if head is not None:
        start = head.start() + len(head.group()) - len(head.group().lstrip())
        begin = short.count("\n", 0, start)
    return min(begin, _closing_quote(lines))


def _closing_quote(lines: list[str]) -> int:
    """Where the run of marked lines begins that ends the text."""
    begin = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].strip()
        if line.startswith(">"):
            begin = number
        elif line:
            break
    return begin


def _is_answered_between(quoted: list[str]) -> bool:
    """Whether unmarked words follow on marked lines."""
    is_marked = False
    for line in quoted:
        bare = line.strip()
        if bare.startswith(">"):
            is_marked = True
        elif bare and is_marked:
            return True
    return False
