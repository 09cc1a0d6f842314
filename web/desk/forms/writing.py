"""What staff write on a ticket: replies and notes."""

from __future__ import annotations

from typing import Any

from django import forms

from tickets.domain.lifecycle import Status
from web.desk.forms.acts import status_choices
from web.files import FilesField

_AFTER = (Status.IN_PROGRESS, Status.WAITING_ON_CLIENT, Status.WAITING_ON_VENDOR, Status.RESOLVED)


class ComposerForm(forms.Form):
    """A reply or a note, with files and what becomes of the ticket then.

    `seen` is the last message that the writer had before them; the one-time id lets a double click send once.
    """

    mode = forms.ChoiceField(choices=[("public", "Public reply"), ("note", "Internal note")])
    body = forms.CharField(error_messages={"required": "Write a few words, or leave the page as it is."})
    after = forms.ChoiceField(required=False)
    files = FilesField(  # type: ignore[assignment]
        required=False, widget=FilesField.widget(attrs={"multiple": True})
    )
    submission_id = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, moves: tuple[Status, ...], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the moves that are open after this message."""
        super().__init__(*args, **kwargs)
        offered = status_choices(tuple(move for move in moves if move in _AFTER))
        self.fields["after"].choices = [("", "as it is"), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A note tells the client nothing, so it cannot be the last word."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("mode") == "note" and cleaned.get("after") == Status.RESOLVED:
            self.add_error(
                "body", "A solved ticket needs a summary for the client: send it as a public reply."
            )
        return cleaned
