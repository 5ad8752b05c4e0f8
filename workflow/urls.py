"""Addresses of the home page, of proposals on their way, and of the pages everybody may read."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("", lambda request: HttpResponse(), name="home"),
    path("proposals/<int:pk>/", lambda request, pk: HttpResponse(), name="proposal"),
]
