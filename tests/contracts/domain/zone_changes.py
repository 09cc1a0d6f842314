"""The dated offset changes of every zone, read from the zone files themselves."""

import struct
import zoneinfo
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

NO_PLACES = {"localtime", "Factory", "posixrules"}


def all_zones() -> list[str]:
    """List every place of the tz database of this machine."""
    return sorted(zoneinfo.available_timezones() - NO_PLACES)


def read_zone_file(name: str) -> bytes:
    """Read a zone's file from where Python would."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder, name)
        if path.is_file():
            return path.read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


@cache
def offset_changes(name: str) -> list[tuple[int, int, int]]:
    """List when a zone's offset changes (epoch seconds), with the offsets before and after (RFC 9636)."""
    content = read_zone_file(name)
    _, start = read_header(content, at=0, moment_bytes=4)
    (moments, kinds), body = read_header(content, at=start, moment_bytes=8)[0], start + 44
    at = struct.unpack_from(f">{moments}q", content, body)
    which = content[body + 8 * moments : body + 9 * moments]
    offsets = [struct.unpack_from(">l", content, body + 9 * moments + 6 * kind)[0] for kind in range(kinds)]
    told = [offsets[0], *(offsets[kind] for kind in which)]
    changes = zip(at, pairwise(told), strict=True)
    return [(second, before, after) for second, (before, after) in changes if before != after]


def read_header(content: bytes, *, at: int, moment_bytes: int) -> tuple[tuple[int, int], int]:
    """Read the counts of moments and kinds of a block of a zone file, and where the next block begins."""
    universal, standard, leaps, moments, kinds, letters = struct.unpack_from(">20x6l", content, at)
    length = moments * (moment_bytes + 1) + kinds * 6 + letters + leaps * (moment_bytes + 4)
    return (moments, kinds), at + 44 + length + standard + universal
