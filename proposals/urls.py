"""Addresses of the drafting pages."""

urlpatterns = []
