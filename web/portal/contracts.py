"""Contracts with their terms, fetched along with rows that belong to them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from contracts.models import Contract


def terms_of_contracts(path: str = "") -> Prefetch[Any]:
    """Fetch along the contracts with their terms: the same few statements however many rows there are."""
    return Prefetch(f"{path}contract", queryset=Contract.objects.with_terms())
