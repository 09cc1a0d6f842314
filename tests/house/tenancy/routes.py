"""Every route of the product, read from the resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Route:
    """An address with its places; `name` carries the namespace, and is the address where it has no name."""

    name: str
    address: str

    @property
    def places(self) -> tuple[str, ...]:
        """The names of its parameters, outermost first."""
        return tuple(_PLACE.findall(self.address))

    def url(self, values: Mapping[str, object]) -> str:
        """The address with its places filled."""
        return "/" + _PLACE.sub(lambda found: str(values[found[1]]), self.address)

    def crossings(
        self, own: Mapping[str, object], foreign: Mapping[str, object]
    ) -> Iterator[dict[str, object]]:
        """Every way to fill the places in which at least one thing is somebody else's."""
        choices = [
            [own[place], foreign[place]] if own[place] != foreign[place] else [own[place]]
            for place in self.places
        ]
        for values in product(*choices):
            filled = dict(zip(self.places, values, strict=True))
            if any(filled[place] != own[place] for place in self.places):
                yield filled


def every_route() -> dict[str, Route]:
    """All routes by name."""
    return {route.name: route for route in _below(get_resolver().url_patterns, "", "")}


def _below(patterns: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[Route]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _below(pattern.url_patterns, address, inner)
        else:
            yield Route(f"{space}{pattern.name}" if pattern.name else address, address)
