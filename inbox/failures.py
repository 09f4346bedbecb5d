"""Why a message was not sent: in plain words of both languages, whose fault it is, and what helps (TS-1).

The live stream tells the same event to people of both languages, so the words travel in both.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inbox.errors import TooEarly
from inbox.whatsapp.codes import LANGUAGES, lookup, words_of

Explained = dict[str, dict[str, str]]


def explain(code: str) -> Explained:
    """``{"zh-hant": {"message", "remedy"}, "en": …}`` for one of our codes or Meta's."""
    words = words_of(lookup(code).words)
    return {
        language: {"message": words[language][0].replace("%(code)s", code), "remedy": words[language][1]}
        for language in LANGUAGES
    }


def may_repeat(code: str) -> bool:
    """Whether sending the same again makes sense, now or later."""
    return lookup(code).retryable in ("yes", "after")


def fault_of(code: str) -> str | None:
    """Whose fault it is; ``None`` when nobody can tell."""
    return lookup(code).fault or None


def action_for(code: str) -> str:
    """What the failed message offers: one of ``codes.ACTIONS``."""
    return lookup(code).action


def repeat_from(code: str, failed_at: datetime | None) -> datetime | None:
    """From when on the same may be sent again; ``None``: at once, or never (see ``may_repeat``)."""
    wait = lookup(code).wait
    if not wait or failed_at is None or not may_repeat(code):
        return None
    return failed_at + timedelta(seconds=wait)


def refuse_too_early(code: str, failed_at: datetime | None) -> None:
    """Raise ``TooEarly`` while WhatsApp would only punish a repetition."""
    earliest = repeat_from(code, failed_at)
    if earliest is not None and earliest > timezone.now():
        local = timezone.localtime(earliest)
        raise TooEarly(remedy=_("Try again after %(time)s.") % {"time": date_format(local, "SHORT_DATETIME_FORMAT")})
