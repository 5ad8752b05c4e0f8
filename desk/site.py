"""The door of the administration: administrators, and the JPO unit for offices, people and appointments."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class Site(AdminSite):
    """Django's admin, in the office's words."""

    site_title = "JPO Portal"
    site_header = "JPO Portal – offices, people, appointments"
    index_title = "Administration"

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators and whoever is appointed to the JPO unit today."""
        user = request.user
        return bool(user.is_active and (user.is_superuser or user.is_authenticated and user.standing.jpo_unit))
