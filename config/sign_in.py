"""How people sign in: by e-mail, and only those who were invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedPeopleOnly(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """The rules of the sign-in pages: nobody makes an account alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer that accounts come by invitation only."""
        return False
