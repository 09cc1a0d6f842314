"""Reading a mail's body within bounds: its parts, its words, what is quoted; knows nothing of our tables."""

from intake.reading.parts import Content, File, UnreadableError, content_of
from intake.reading.quotes import folded

__all__ = ["Content", "File", "UnreadableError", "content_of", "folded"]
