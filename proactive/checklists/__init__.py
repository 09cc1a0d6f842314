"""The checklists of health assessments: TOML files beside this one, read once a process (P2)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from proactive.domain.checklists import Checklist, read_checklists

FOLDER = Path(__file__).parent


@cache
def checklists() -> tuple[Checklist, ...]:
    """Every checklist of every file; a file that cannot be read stops it with everything wrong in it."""
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(
        checklist
        for file in files
        for checklist in read_checklists(tomllib.loads(file.read_text(encoding="utf-8")), name=file.name)
    )
