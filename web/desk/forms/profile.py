"""What staff say of their being there."""

from __future__ import annotations

from django import forms

from web.desk.forms.fields import MomentField


class AwayForm(forms.Form):
    """Until when somebody is away."""

    until = MomentField(label="Away until", required=False, help_text="Leave it empty when you are here.")
