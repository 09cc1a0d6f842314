"""The tag that draws a form field with its label, hint and error."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, RadioSelect, Select, Textarea

register = template.Library()

_KINDS = ((CheckboxInput, "check"), (RadioSelect, "radio"), (Textarea, "text"), (Select, "select"))


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, Any]:
    """`{% field form.subject %}`: label above, hint between, error below; ids tie them together.

    The widget gets its class and ARIA attributes here, so forms stay free of looks; its own class is kept.
    """
    kind = next((name for widget, name in _KINDS if isinstance(bound.field.widget, widget)), "input")
    css = {"check": "form-check-input", "radio": "form-check-input", "select": "form-select"}
    described = [f"{bound.auto_id}-hint"] if (hint or bound.help_text) else []
    own = bound.field.widget.attrs.get("class", "")
    attributes: dict[str, Any] = {"class": f"{css.get(kind, 'form-control')} {own}".strip()}
    if kind == "text" or bound.widget_type in ("text", "search"):
        attributes["dir"] = "auto"  # Hebrew and Arabic run from the right, word by word as they are typed
    if bound.errors:
        described.append(f"{bound.auto_id}-err")
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "drawn": bound.as_widget(attrs=attributes),
        "is_optional": not bound.field.required and kind != "check",
    }
