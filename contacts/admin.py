"""The contacts app's policy in Django admin."""

from django.contrib import admin

from contacts.models import ContactsPolicy
from security.admin import PolicyAdmin

admin.site.register(ContactsPolicy, PolicyAdmin)
