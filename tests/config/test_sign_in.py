"""Nobody makes an account or changes an address alone."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/"])
def test_accounts_and_addresses_are_not_self_made(client: Client, path: str) -> None:
    asked = client.post(path, {"email": "new@example.com", "password1": "long enough 1", "action_add": ""})
    assert asked.status_code == 404
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_django_administration_is_closed_by_default(client: Client) -> None:
    assert client.get("/admin/").status_code == 404


@pytest.mark.django_db
def test_the_sign_in_page_carries_the_strict_content_policy(client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
