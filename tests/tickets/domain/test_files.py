"""What a file is by its first bytes."""

import pytest

from tickets.domain.files import UNKNOWN, content_type_of, may_show_inline


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_a_safe_image_is_known_and_may_be_shown(head: bytes, kind: str) -> None:
    assert content_type_of(head) == kind
    assert may_show_inline(kind)


@pytest.mark.parametrize(
    "head", [b"", b"<svg onload=", b"<html>", b"%PDF-1.7", b"RIFF\x00\x00\x00\x00WAVE", b"GIF", b"\x00" * 16]
)
def test_everything_else_is_only_offered_for_saving(head: bytes) -> None:
    assert content_type_of(head) == UNKNOWN
    assert not may_show_inline(UNKNOWN)
