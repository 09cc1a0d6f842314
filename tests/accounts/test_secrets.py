"""Secrets and tokens."""

import pytest

from accounts.domain.secrets import (
    TOKEN_LENGTH,
    digest_of,
    invitation_digest,
    invitation_token,
    is_token,
    new_nonce,
    new_secret,
    split_secret,
)


def test_a_secret_is_found_by_its_prefix_and_kept_as_a_digest() -> None:
    secret = new_secret()
    assert split_secret(secret.text) == secret.prefix
    assert digest_of(secret.text) == secret.digest
    assert secret.text not in (secret.prefix, secret.digest)


def test_no_two_secrets_are_alike() -> None:
    assert len({new_secret().text for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "text", ["", "cd_", "cd_short_x", "xx_0123456789_x", "0123456789", "cd__", "cd_01234\x006789_x"]
)
def test_what_is_no_secret_has_no_prefix(text: str) -> None:
    assert split_secret(text) == ""


def test_a_token_is_made_again_from_key_and_nonce_and_from_nothing_less() -> None:
    nonce = new_nonce()
    token = invitation_token(key=b"k", nonce=nonce)
    assert token == invitation_token(key=b"k", nonce=nonce)
    assert is_token(token)
    assert digest_of(token) == invitation_digest(key=b"k", nonce=nonce)
    assert token != invitation_token(key=b"other", nonce=nonce)
    assert token != invitation_token(key=b"k", nonce=new_nonce())


@pytest.mark.parametrize(
    "text",
    [
        *(None, 7, [], "", "x" * (TOKEN_LENGTH - 1), "x" * (TOKEN_LENGTH + 1), "%" * TOKEN_LENGTH),
        *("x" * (TOKEN_LENGTH - 1) + " ", "ё" * TOKEN_LENGTH, "*" * TOKEN_LENGTH, "x\x00" * 21 + "x"),
    ],
)
def test_anything_else_is_no_token(text: object) -> None:
    assert not is_token(text)
