"""A bar that says how far a long command is, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable

_WIDTH = 40


def bar(*, label: str) -> Callable[[int, int], None]:
    """What a long piece of work calls with done and total; silent where nobody watches."""

    def show(done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        filled = _WIDTH * done // max(total, 1)
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{label} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done:,} of {total:,}{end}")
        sys.stderr.flush()

    return show
