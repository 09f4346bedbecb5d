"""The contacts app's policies in Django admin."""

from django.contrib import admin

from contacts.models import (
    ConditionsPolicy,
    ConsentPolicy,
    ContactsPolicy,
    ExchangePolicy,
    HygienePolicy,
    ImportPolicy,
    PrivacyPolicy,
    RulesPolicy,
    SegmentsPolicy,
)
from security.admin import PolicyAdmin

admin.site.register(ConsentPolicy, PolicyAdmin)

admin.site.register(ConditionsPolicy, PolicyAdmin)
admin.site.register(ContactsPolicy, PolicyAdmin)
admin.site.register(ExchangePolicy, PolicyAdmin)
admin.site.register(PrivacyPolicy, PolicyAdmin)
admin.site.register(RulesPolicy, PolicyAdmin)
admin.site.register(ImportPolicy, PolicyAdmin)
admin.site.register(HygienePolicy, PolicyAdmin)
admin.site.register(SegmentsPolicy, PolicyAdmin)
