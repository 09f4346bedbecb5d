"""Why a message was not sent, in plain words of both languages, and what to do (TS-1).

The live stream tells the same event to people of both languages, so the words travel in both.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from inbox.whatsapp.codes import lookup

LANGUAGES = ("zh-hant", "en")
Words = tuple[str | Promise, str | Promise]

_UNKNOWN_FATE: Words = (
    _("WhatsApp did not answer clearly, so it is not known whether this was sent."),
    _("Wait for its ticks before you send it again."),
)
_OURS: dict[str, Words] = {
    **dict.fromkeys(("timeout", "network", "http_5xx", "answer_unreadable", "worker_lost"), _UNKNOWN_FATE),
    "window_closed": (
        _("More than 24 hours have passed since the customer's last message."),
        _("Send an approved template, or wait until the customer writes."),
    ),
    "no_recipient": (_("WhatsApp gave us no address for this customer."), _("Wait until the customer writes again.")),
    "media_missing": (_("The file of this message is gone."), _("Attach it again.")),
    "attempts_used_up": (_("WhatsApp could not be reached in several attempts."), _("Try again in a few minutes.")),
}
_THEIRS: dict[str, Words] = {
    "131047": _OURS["window_closed"],
    "131026": (
        _("The message cannot be delivered: the number may not be on WhatsApp, or its app is too old."),
        _("Check the number with the customer by another way."),
    ),
    "131049": (
        _("WhatsApp held the message back: the customer has received much marketing lately."),
        _("Wait at least 24 hours before you try again."),
    ),
    "131050": (
        _("The customer stopped marketing messages from you."),
        _("Do not send marketing until they agree again."),
    ),
    "131051": (_("WhatsApp does not support this kind of message."), _("Send it in another form.")),
    "131053": (_("WhatsApp could not use the file."), _("Check its type and size, and attach it again.")),
    "131056": (
        _("Too many messages to this customer in a short time."),
        _("Wait a little; it may then be sent again."),
    ),
    "131021": (_("This is the business's own number."), _("Choose another recipient.")),
    "131009": (
        _("WhatsApp did not accept a value in the message."),
        _("Check the message; a reply or reaction may point to one that is too old."),
    ),
    "130429": (_("The number sends more than WhatsApp allows per second."), _("It may be sent again in a moment.")),
    "130403": (_("You have blocked this customer."), _("Unblock them first.")),
    "131042": (
        _("WhatsApp has a payment problem with this account."),
        _("An admin should check the payment method at Meta."),
    ),
    "130497": (_("This account may not write to customers in this country."), _("Use another number.")),
    "132000": (
        _("The template expects another number of values."),
        _("Choose the template again and fill every value."),
    ),
    "132001": (_("This template does not exist in this language, or is not approved."), _("Choose another template.")),
    "132015": (_("WhatsApp paused this template for low quality."), _("Choose another template.")),
    "132016": (_("WhatsApp disabled this template."), _("Choose another template.")),
}


def explain(code: str) -> dict[str, dict[str, str]]:
    """``{"zh-hant": {"message", "remedy"}, "en": …}`` for one of our codes or Meta's."""
    message, remedy = _OURS.get(code) or _THEIRS.get(code) or _unlisted(code)
    words = {}
    for language in LANGUAGES:
        with override(language):
            words[language] = {"message": str(message) % {"code": code}, "remedy": str(remedy)}
    return words


def may_repeat(code: str) -> bool:
    """Whether sending the same again makes sense."""
    return code in ("attempts_used_up", "media_missing") or lookup(code).retryable in ("yes", "after")


def _unlisted(code: str) -> Words:
    return _("WhatsApp refused this message (code %(code)s)."), _("Ask your administrator to look the code up.")
