"""Files on their way in with a form: several at once, each within the size that the installation allows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Client
from events.domain.errors import Invalid
from tickets.models import Attachment
from tickets.services import store_attachment
from web.requests import PageRequest


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleans to a list, empty when there are none."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401  Django's own signature
        """Clean each file by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        cleaned = (super(FilesField, self).clean(one, initial) for one in given)
        return [one for one in cleaned if one]


def stored(request: PageRequest, client: Client, files: list[UploadedFile[Any]]) -> list[Attachment]:
    """Keep the files for the message they came with.

    A refusal names the file and stands at the field of the files.
    """
    kept: list[Attachment] = []
    for file in files:
        name = file.name or "file"
        try:
            one = store_attachment(actor=request.actor, at=request.at, client=client, name=name, content=file)
        except Invalid as refusal:
            words = f"{name}: {refusal.detail}"
            raise Invalid(words, code=refusal.code, fields={"files": words}) from refusal
        kept.append(one)
    return kept
