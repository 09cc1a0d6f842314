"""The filter that shows a message's Markdown."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from web.wording.markdown import to_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """`{{ message.body|markdown }}`: cleaned each time it is shown."""
    return mark_safe(to_html(text))  # noqa: S308  cleaned by nh3 against an allow-list
