"""Markdown of messages, as pages and mails show it."""

from notify.markdown import to_html

__all__ = ["to_html"]
