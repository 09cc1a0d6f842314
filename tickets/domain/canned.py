"""Variables of canned replies: names in double braces, replaced by plain text and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Every name that may stand in the braces, with what it becomes.
VARIABLES: Mapping[str, str] = {
    "ticket": "the ticket's number",
    "subject": "the ticket's subject",
    "client": "the client's name",
    "requester": "the first name of who filed it",
    "requester_full": "the full name of who filed it",
    "me": "your first name",
    "me_full": "your full name",
    "next_due": "by when the client hears from us, on their clock",
}

_VARIABLE = re.compile(r"\{\{\s*([^{}]{0,80}?)\s*\}\}")


def unknown_variables(body: str) -> list[str]:
    """What stands in double braces and is no variable, each once, as it was typed."""
    return [name for name in dict.fromkeys(_VARIABLE.findall(body)) if name not in VARIABLES]


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced, once: braces in a value stay what they are.

    A variable without a value stays as it stands, so that whoever sends the text sees what is missing.
    """
    return _VARIABLE.sub(lambda found: values.get(found.group(1)) or found.group(0), body)


def first_name(name: str) -> str:
    """How somebody is addressed in a reply."""
    return name.partition(" ")[0]
