"""Words to find tickets by: taken from texts the same way when they are stored and when they are asked for.

Both databases store what stands here, so that a search finds the same on either. Case and accents do not
matter (`gerat` finds `Gerät`), signs only separate, and writing without blanks is taken sign by sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: A longer word is told apart by its beginning alone.
WORD_LIMIT = 64
#: More words than anybody types; what comes behind them narrows no further.
WORDS_ASKED_AT_MOST = 8
#: From this length on a word also finds those that begin with it.
BEGINNING_FROM = 3
SNIPPET_LENGTH = 160
_LEAD = 40

_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a text as it is shown; `is_hit` where it is what was asked for."""

    text: str
    is_hit: bool = False


def words_of(*texts: str) -> list[str]:
    """The different words of the texts, in the order of the alphabet."""
    return sorted({word for text in texts for _, _, word in _placed(text)})


def asked_words(text: str) -> list[str]:
    """What somebody asks for, word by word, each once; nothing but signs asks for nothing."""
    return list(dict.fromkeys(word for _, _, word in _placed(text)))[:WORDS_ASKED_AT_MOST]


def finds_beginnings(word: str) -> bool:
    """Whether a word also finds those that begin with it; very short ones would find nearly everything."""
    return len(word) >= BEGINNING_FROM


def is_hit(word: str, asked: Sequence[str]) -> bool:
    """Whether a word of a text is one of those asked for."""
    return any(word.startswith(one) if finds_beginnings(one) else word == one for one in asked)


def marked(text: str, asked: Sequence[str]) -> list[Part]:
    """The whole text in parts, with what was asked for marked."""
    plain = unicodedata.normalize("NFC", text)
    parts: list[Part] = []
    done = 0
    for start, end, word in _placed(plain):
        if start < done or not is_hit(word, asked):
            continue
        if start > done:
            parts.append(Part(text=plain[done:start]))
        parts.append(Part(text=plain[start:end], is_hit=True))
        done = end
    if done < len(plain):
        parts.append(Part(text=plain[done:]))
    return parts


def snippet_of(text: str, asked: Sequence[str]) -> list[Part]:
    """A line of the text around the first word that was asked for, marked; nothing where there is none."""
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    first = next((start for start, _, word in _placed(plain) if is_hit(word, asked)), None)
    if first is None:
        return []
    begin = 0 if first <= _LEAD else max(plain.rfind(" ", 0, first - _LEAD) + 1, first - 2 * _LEAD)
    end = min(begin + SNIPPET_LENGTH, len(plain))
    if end < len(plain):
        blank = plain.rfind(" ", first + 1, end)
        end = blank if blank > 0 else end
    cut = marked(plain[begin:end], asked)
    before = [Part(text="… ")] if begin else []
    return [*before, *cut, *([Part(text=" …")] if end < len(plain) else [])]


def _placed(text: str) -> Iterator[tuple[int, int, str]]:
    """Every word with where it stands in the text; one sign may stand for several words (`½` is 1 and 2)."""
    plain = unicodedata.normalize("NFC", text)
    for found in _WORD.finditer(plain):
        folded = unicodedata.normalize("NFKD", found.group().casefold())
        bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
        for word in _WORD.findall(bare):
            yield found.start(), found.end(), word[:WORD_LIMIT]
