"""The addresses of all pages: the front door, then one tree a side."""

from __future__ import annotations

from django.urls import include, path

from web import home, invitation
from web.personal import feeds, mails

urlpatterns = [
    path("", home.home, name="home"),
    path("accounts/invitation/<str:token>", invitation.invitation, name="invitation"),
    path("settings/mail", mails.mails, name="mails"),
    path("settings/mail/off/<str:token>", mails.mail_off, name="mail_off"),
    path("feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("p/<str:client>/", include("web.portal.urls", namespace="portal")),
    path("desk/", include("web.desk.urls", namespace="desk")),
    path("success/", include("web.success.urls", namespace="success")),
    path("setup/", include("web.setup.urls", namespace="setup")),
]
