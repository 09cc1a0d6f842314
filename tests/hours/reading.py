"""Reads statements back: the words of a PDF that we made, and the rows of a CSV."""

from __future__ import annotations

import csv
import re
import zlib
from io import StringIO

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"\(((?:[^\\()]|\\.)*)\) Tj", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")


def texts_of(pdf: bytes) -> list[str]:
    """Every piece of text of the document, in the order in which it is printed."""
    streams = [_opened(found[1]) for found in _STREAM.finditer(pdf)]
    letters = {}
    for stream in streams:
        if b"beginbfchar" in stream:
            for code, char in _PAIR.findall(stream.partition(b"beginbfchar")[2]):
                letters[int(code, 16)] = bytes.fromhex(char.decode()).decode("utf-16-be")
    pages = [stream for stream in streams if b" Tj" in stream]
    return [_read(found, letters) for page in pages for found in _SHOWN.findall(page)]


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV by their headings."""
    return list(csv.DictReader(StringIO(text)))


def _opened(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _read(shown: bytes, letters: dict[int, str]) -> str:
    plain = re.sub(
        rb"\\(.)", lambda found: {b"r": b"\r", b"n": b"\n"}.get(found[1], found[1]), shown, flags=re.S
    )
    codes = [int.from_bytes(plain[place : place + 2]) for place in range(0, len(plain), 2)]
    return "".join(letters.get(code, "?") for code in codes)
