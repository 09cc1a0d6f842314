"""Which product of the feed an environment runs, at which version (P9)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from contracts.models import Environment
from proactive.domain.versions import is_version

_FILE = Path(__file__).resolve().parent.parent / "products.toml"
#: Deployments that the maker runs: neither we nor the client can mend them.
_RUN_BY_THE_MAKER = ("cloud", "saas")


@cache
def cpe_by_name() -> dict[str, tuple[str, ...]]:
    """The names under which the feed knows a product, by what people call it."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: tuple(product["cpe"]) for product in table["product"] for name in product["names"]}


@cache
def known_products() -> frozenset[str]:
    """Every name of the feed that we look for."""
    return frozenset(name for names in cpe_by_name().values() for name in names)


class Installed(NamedTuple):
    """One thing that an environment runs: its name in the feed, as people call it, and its version."""

    cpe: str
    label: str
    version: str


def installed(environment: Environment) -> Iterator[Installed]:
    """Everything that the environment runs and the feed knows; nothing where no version is known."""
    if environment.deployment.strip().lower() in _RUN_BY_THE_MAKER:
        return
    database, _, version = environment.database.strip().rpartition(" ")
    for name, at_version in ((environment.product, environment.version), (database, version)):
        if is_version(at_version):
            for cpe in cpe_by_name().get(name.strip().lower(), ()):
                yield Installed(cpe=cpe, label=name.strip(), version=at_version.strip())
