"""The admin site."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class RemembrancerAdminConfig(AdminConfig):
    """Makes RemembrancerAdminSite the default site."""

    default_site = "memorysite.admin_site.RemembrancerAdminSite"


class RemembrancerAdminSite(AdminSite):
    """Where compliance staff work."""

    site_header = site_title = "Remembrancer"
    index_title = "What is remembered, and under which law"
