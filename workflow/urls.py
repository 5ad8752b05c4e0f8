"""Addresses of the home page, of proposals on their way, and of the pages everybody may read."""

from django.urls import path

from workflow import ahead, colleague_views, papers, public, views
from workflow.demonstration import views as demonstration

urlpatterns = [
    path("", views.home, name="home"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("proposals/new/ahead/", ahead.new_ahead, name="new_ahead"),
    path("proposals/<int:pk>/ahead/", ahead.ahead, name="ahead"),
    path("proposals/<int:pk>/steps/<str:action>/", views.step, name="step"),
    path("proposals/<int:pk>/versions/<int:number>/", views.version, name="version"),
    path("proposals/<int:pk>/versions/<int:number>.pdf", papers.version_pdf, name="version_pdf"),
    path("proposals/<int:pk>/versions/<int:number>/for-donors.pdf", papers.donors_pdf, name="donors_pdf"),
    path("proposals/<int:pk>/versions/<int:number>/changes/<int:since>/", views.version_changes, name="version_changes"),
    path("proposals/<int:pk>/colleagues/", colleague_views.colleagues, name="colleagues"),
    path("proposals/<int:pk>/colleagues/<int:colleague>/remove/", colleague_views.remove_colleague, name="remove_colleague"),
    path("proposals/<int:pk>/colleagues/hand-over/", colleague_views.hand_over, name="hand_over"),
    path("help/", public.guide, name="help"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("verify/", public.verify, name="verify"),
    path("healthz", public.healthz, name="healthz"),
    path("mailbox/", demonstration.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", demonstration.mailbox_letter, name="mailbox_letter"),
    path("demo/sign-in/", demonstration.demo_sign_in, name="demo_sign_in"),
]
