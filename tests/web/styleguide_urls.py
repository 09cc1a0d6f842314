"""The product's addresses and that of the style guide, which is served for development alone."""

from django.urls import path

from config import urls
from web.styleguide import styleguide

urlpatterns = [path("styleguide/", styleguide), *urls.urlpatterns]
