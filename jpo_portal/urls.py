"""The table of contents."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("workflow.urls")),
    path("", include("desk.urls")),
    path("proposals/", include("proposals.urls")),
    path("account/", include("workflow.account_urls")),
    path("admin/", admin.site.urls),
]
