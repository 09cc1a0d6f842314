"""A service review as PDF, from its stored figures (P3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from proactive.models import Review, ReviewAction
from proactive.printing.sheet import Sheet


def review_pdf(review: Review, *, actions: Sequence[ReviewAction]) -> bytes:
    """Agenda, figures, minutes and actions; the figures are those that were frozen."""
    pack: Mapping[str, Any] = review.pack
    first, last = date.fromisoformat(pack["from"]), date.fromisoformat(pack["to"])
    state = "" if review.published_at else " · Draft, not published"
    page = Sheet(
        title=review.title,
        subtitle=f"{review.client.name} · {pack['contract']} · {first:%d %b %Y} to {last:%d %b %Y}"
        f" · days of {pack['zone']}{state}",
        made_at=review.minuted_at or review.published_at or review.prepared_at,
    )
    page.note(f"Digest of the figures {review.digest}")
    if review.summary:
        page.heading("Agenda")
        page.text_block(review.summary)
    for part in pack["sections"]:
        _write_section(page, part)
    if review.minuted_at and review.held_on:
        page.heading(f"Minutes of {review.held_on:%d %b %Y}")
        page.note(f"Present: {review.attendees}")
        page.text_block(review.minutes)
    if actions:
        page.heading("Taken on")
        page.rows(
            ("What", "Whose", "Who", "Until", "Done"),
            [
                (
                    one.text,
                    one.get_side_display(),
                    one.owner,
                    f"{one.due_on:%d %b %Y}",
                    f"{one.done_at:%d %b %Y}" if one.done_at else "",
                )
                for one in actions
            ],
            widths=(70, 25, 35, 22, 22),
        )
    return bytes(page.output())


def _write_section(page: Sheet, part: Mapping[str, Any]) -> None:
    page.heading(part["title"])
    if part["note"]:
        page.note(part["note"])
    page.rows(
        ("", "Now", "Period before"),
        [(one["label"], one["words"], one["before"] or "–") for one in part["figures"]],
        widths=(60, 40, 40),
    )
    for picture in part["charts"]:
        page.smaller_heading(picture["name"])
        page.bars([(label, amount or 0.0, words) for label, amount, words in picture["points"]])
    for found in part["tables"]:
        page.rows(found["heads"], [row["cells"] for row in found["rows"]])
