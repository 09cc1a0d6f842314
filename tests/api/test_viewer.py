"""The page on which the API is read and tried."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.django_db(transaction=True)
def test_the_document_is_drawn_under_the_strict_policy(page: Page) -> None:
    page.goto("/api/docs")
    expect(page.get_by_role("heading", name="Caredesk API")).to_be_visible()
    expect(page.get_by_text("Opens a ticket", exact=True)).to_be_visible()
