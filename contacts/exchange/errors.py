"""What the exchange says no with."""

from django.utils.translation import gettext_lazy as _

from security.errors import Refusal


class SourceExists(Refusal):
    code, status = "source_exists", 409
    message = _("This region has another system with this short name.")
    remedy = _("Choose another one.")


class TooManySubscriptions(Refusal):
    code, status = "too_many_subscriptions", 409
    message = _("This region has as many subscriptions as are allowed.")
    remedy = _("Delete one that is no longer used.")


class StillWaiting(Refusal):
    code, status = "still_waiting", 409
    message = _("This has not been settled yet: it is tried again by itself.")
    remedy = _("Wait until it was delivered or given up.")


class SubscriptionOff(Refusal):
    code, status = "subscription_off", 409
    message = _("This subscription is switched off.")
    remedy = _("Switch it on first.")
