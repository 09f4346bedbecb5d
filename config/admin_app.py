"""Django admin as an installed app, with Kefu's own site."""

from django.contrib.admin.apps import AdminConfig


class KefuAdminConfig(AdminConfig):
    default_site = "security.admin_site.KefuAdminSite"
