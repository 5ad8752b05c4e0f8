"""Addresses of the home page, of proposals on their way, and of the pages everybody may read."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("", lambda request: HttpResponse(), name="home"),
    path("proposals/", lambda request: HttpResponse(), name="proposals"),
    path("proposals/<int:pk>/", lambda request, pk: HttpResponse(), name="proposal"),
    path("proposals/<int:pk>/steps/<str:action>/", lambda request, pk, action: HttpResponse(), name="step"),
    path("proposals/<int:pk>/versions/<int:number>/", lambda request, pk, number: HttpResponse(), name="version"),
    path("proposals/<int:pk>/versions/<int:number>.pdf", lambda request, pk, number: HttpResponse(), name="version_pdf"),
    path("help/", lambda request: HttpResponse(), name="help"),
    path("accessibility/", lambda request: HttpResponse(), name="accessibility"),
    path("privacy/", lambda request: HttpResponse(), name="privacy"),
    path("healthz", lambda request: HttpResponse(), name="healthz"),
    path("mailbox/", lambda request: HttpResponse(), name="mailbox"),
    path("mailbox/<int:pk>/", lambda request, pk: HttpResponse(), name="mailbox_letter"),
    path("demo/sign-in/", lambda request: HttpResponse(), name="demo_sign_in"),
]
