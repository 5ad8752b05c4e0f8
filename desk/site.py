"""The door of the administration: administrators, and the JPO unit for offices, people, appointments and registers."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class Site(AdminSite):
    """Django's admin, in the office's words."""

    site_title = "JPO Portal"
    site_header = "JPO Portal – offices, people, appointments, registers"
    index_title = "Administration"

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators and whoever is appointed to the JPO unit today."""
        user = request.user
        return bool(user.is_active and (user.is_superuser or user.is_authenticated and user.standing.jpo_unit))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one door to sign in by, with its rate limits; who is signed in and came here may not enter."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", "/admin/"), settings.LOGIN_URL)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """There is one page to change a password on."""
        return redirect("account_change_password")
