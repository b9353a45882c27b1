"""Every address of the site."""

from typing import Any

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from memorysite import health

# The documentation asks for no key.
OPEN: dict[str, list[Any]] = {
    "authentication_classes": [],
    "permission_classes": [],
    "throttle_classes": [],
}
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("admin/", admin.site.urls),
    path("api/v1/", include("memories.api.urls")),
    # Where OpenAI's clients look when their base URL ends in /v1.
    path("v1/", include("memories.api.chat.urls")),
    path("api/schema/", SpectacularAPIView.as_view(**OPEN), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema", **OPEN), name="docs"),
]
handler400 = "memorysite.api_errors.bad_request"
handler404 = "memorysite.api_errors.page_not_found"
handler500 = "memorysite.api_errors.server_error"
