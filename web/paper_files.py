"""Handing out a report as a PDF file, named after it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify


def as_pdf_file(content: bytes, *, title: str) -> HttpResponse:
    """A file that is saved and never kept by a browser or proxy."""
    headers = {
        "Content-Disposition": f'attachment; filename="{slugify(title) or "report"}.pdf"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
