"""Signing secrets are stored sealed, and opened by present and former keys alone."""

import base64

import pytest
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.test import override_settings

from notify.seal import new_hook_secret, opened, sealed


def test_a_secret_has_256_random_bits_in_the_form_of_the_standard() -> None:
    first, second = new_hook_secret(), new_hook_secret()
    assert first != second
    assert len(base64.b64decode(first.removeprefix("whsec_"))) == 32


def test_what_was_sealed_cannot_be_read_and_is_opened_again() -> None:
    secret = new_hook_secret()
    assert secret not in sealed(secret)
    assert opened(sealed(secret)) == secret


def test_a_former_key_still_opens_and_a_strange_one_does_not() -> None:
    stored = sealed("whsec_x")
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert opened(stored) == "whsec_x"
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]), pytest.raises(InvalidToken):
        opened(stored)
