"""The table of contents."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("proposals/<int:pk>/", lambda r, pk: HttpResponse(), name="proposal"),
    path("account/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
