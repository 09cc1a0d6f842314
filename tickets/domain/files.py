"""What a file is, told from its first bytes and never from what its sender says of it."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"

#: Images that a page may show by themselves; everything else is only ever offered for saving.
SAFE_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def content_type_of(head: bytes) -> str:
    """The type of a file by its first sixteen bytes: one of the safe images, or unknown."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return UNKNOWN


def may_show_inline(content_type: str) -> bool:
    """Whether a page may show the file instead of offering it for saving."""
    return content_type in SAFE_IMAGES
