"""A mail's HTML as plain text: links keep their address, quotes their mark; nothing is fetched or shown.

A scanner of our own that looks at every sign once: parsers that build a tree take minutes over a page that
was written to make them, and of a mail only the words are wanted. What it gives is escaped like any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

_LIMIT = 400_000
_TAG_LIMIT = 2_000
_DEEPEST_QUOTE = 8
_LINES: Final = frozenset({"div", "li", "tr", "br", "hr", "dt", "dd"})
_PARAGRAPHS: Final = frozenset(
    {"p", "table", "ul", "ol", "pre", "blockquote", *(f"h{n}" for n in range(1, 7))}
)
_SILENT: Final = frozenset({"script", "style", "title", "template", "noscript"})
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,15})")
_FACT = re.compile(r"""\b(href|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_CLOSINGS: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _SILENT}
_BLANKS = re.compile(r"\s+")


def plain_of(html: str) -> str:
    """The words of a page of HTML; what it holds besides words, links and names of pictures is dropped."""
    writer = _Writer()
    for tag, words in _pieces(html[:_LIMIT]):
        if tag:
            writer.follow(tag)
        else:
            writer.write(unescape(words))
    return writer.text()


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Tags and the words between them, in one pass; what is not closed is dropped."""
    place = 0
    while place < len(html):
        begin = html.find("<", place)
        if begin < 0:
            yield "", html[place:]
            return
        if begin > place:
            yield "", html[place:begin]
        end, tag = _tag_at(html, begin)
        if tag:
            yield tag, ""
        place = end


def _tag_at(html: str, begin: int) -> tuple[int, str]:
    """Where the tag that begins there is over, and the tag; a lone sign is a word."""
    if html.startswith("<!--", begin):
        return _behind(html, "-->", begin), ""
    name = _NAME.match(html, begin + 1)
    if name is None:
        return (
            (_behind(html, ">", begin), "") if html[begin + 1 : begin + 2] in ("!", "?") else (begin + 1, "")
        )
    end = _behind(html, ">", begin)
    if name[1].lower() in _SILENT and html[begin + 1] != "/":
        closing = _CLOSINGS[name[1].lower()].search(html, end)
        return (len(html) if closing is None else closing.start()), ""
    return end, html[begin + 1 : end - 1][:_TAG_LIMIT]


def _behind(html: str, ending: str, begin: int) -> int:
    found = html.find(ending, begin)
    return len(html) if found < 0 else found + len(ending)


class _Writer:
    """Writes down the words of a page, line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._link = ""
        self._link_from = 0

    def follow(self, tag: str) -> None:
        """Do what a tag says to words: begin a line, mark a quote, name a link's address or a picture."""
        name = tag.lstrip("/").split(maxsplit=1)[0].rstrip("/").lower()
        is_end = tag.startswith("/")
        if name in _PARAGRAPHS:
            self._break(is_paragraph=True)
        elif name in _LINES:
            self._break()
        if name == "blockquote":
            self._quotes = max(0, self._quotes - 1) if is_end else min(self._quotes + 1, _DEEPEST_QUOTE)
        elif name == "li" and not is_end:
            self._line.append("- ")
        elif name in ("td", "th") and is_end:
            self._line.append(" ")
        elif name == "a":
            self._follow_link("" if is_end else _fact(tag, "href"))
        elif name == "img":
            picture = _fact(tag, "alt")
            self._line.append(f"[{picture}]" if picture else "")

    def write(self, words: str) -> None:
        """Keep words; the line ends of HTML are blanks."""
        self._line.append(_BLANKS.sub(" ", words))

    def text(self) -> str:
        """Everything that was written."""
        self._break()
        return "\n".join(self._lines).strip()

    def _follow_link(self, address: str) -> None:
        if self._link:
            words = "".join(self._line[self._link_from :]).strip()
            if words and self._link.rstrip("/") not in (words, words.rstrip("/")):
                self._line.append(f" <{self._link}>")
        is_shown = address.lower().startswith(("http://", "https://", "mailto:"))
        self._link = address.removeprefix("mailto:") if is_shown else ""
        self._link_from = len(self._line)

    def _break(self, *, is_paragraph: bool = False) -> None:
        line = _BLANKS.sub(" ", "".join(self._line)).strip()
        self._line, self._link, self._link_from = [], "", 0
        mark = "> " * self._quotes
        if line:
            self._lines.append(f"{mark}{line}")
        if is_paragraph and self._lines and self._lines[-1]:
            self._lines.append(mark.rstrip() if self._lines[-1].startswith(mark) and mark else "")


def _fact(tag: str, name: str) -> str:
    facts = {key.lower(): value.strip("\"'") for key, value in _FACT.findall(tag)}
    return unescape(facts.get(name, "")).strip()
