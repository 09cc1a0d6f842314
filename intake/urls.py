"""The addresses of the doors, one line each."""

from __future__ import annotations

from django.urls import URLPattern, path

from intake import alerts

app_name = "intake"

urlpatterns: list[URLPattern] = [
    path("alerts/nagios", alerts.nagios, name="nagios"),
    path("alerts/alertmanager", alerts.alertmanager, name="alertmanager"),
]
