"""Every address of the product begins here."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from api import documents
from config import health

handler500 = "config.outage.server_error"


def closed(request: HttpRequest) -> HttpResponse:
    """Answer 404: accounts and addresses change through the setup pages, not by their owners."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("api/docs", documents.viewer),
    path("accounts/signup/", closed),
    path("accounts/email/", closed),
    path("accounts/", include("allauth.urls")),
]

for prefix, routes in (("api/v1/", "api.urls"), ("intake/", "intake.urls"), ("", "web.urls")):
    if find_spec(routes):
        urlpatterns.append(path(prefix, include(routes)))

if settings.ADMIN_SITE:
    admin.autodiscover()
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
    urlpatterns.append(path("admin/", admin.site.urls))
