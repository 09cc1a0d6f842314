"""The tag that changes query parameters of the present address."""

from __future__ import annotations

from django import template
from django.template import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def address_with(context: RequestContext, **changes: object) -> str:
    """`{% address_with sort="due" after=None %}`: the present query with these set; None removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    encoded: str = query.urlencode()
    return f"?{encoded}"
