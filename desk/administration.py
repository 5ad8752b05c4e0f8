"""The administration uses a site of its own: the JPO unit may enter, not only administrators."""

from django.contrib.admin.apps import AdminConfig


class Administration(AdminConfig):
    """Django's admin with the desk's door."""

    default_site = "desk.site.Site"
