"""What the inbox itself does about account webhooks; registered like any other app's reactions."""

from datetime import datetime

from django.utils import timezone

from contacts.actions.consent import record_marketing_choice
from inbox.accounts.checking import locked_health
from inbox.accounts.known_templates import forget_list, learn_templates
from inbox.accounts.registry import register_account_handler
from inbox.actions.pauses import lift, pause
from inbox.models import Channel, ChannelHealth
from inbox.whatsapp import wire_account as wire
from inbox.whatsapp.wire_account import AccountChange
from security.access import System
from security.writing import Change

_BY = System("whatsapp webhook")
RESTRICTED, DISABLED = "account_restricted", "account_disabled"
MISUSE = "131064"  # what a call that meets a restriction of utility templates is answered
# Meta: account_update. What each restriction stops, and why we say it does; the others (new numbers, calls) stop no
# message.
_STOPS = {
    "RESTRICTED_CUSTOMER_INITIATED_MESSAGING": ("all", RESTRICTED),
    "RESTRICTED_BIZ_INITIATED_MESSAGING": ("templates", RESTRICTED),
    "RESTRICTED_UTILITY_TEMPLATES": ("utility", MISUSE),
    "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES": ("utility", MISUSE),
}
_CUT_OFF = {
    "ACCOUNT_DELETED": "account_deleted",
    "PARTNER_REMOVED": "account_disconnected",
    "ACCOUNT_OFFBOARDED": "account_disconnected",
}
_STOPPING_WORDS = {"stop": True, "resume": False, "signup": False}


def register() -> None:
    register_account_handler("account_update", account_updated)
    for field in ("message_template_status_update", "message_template_quality_update", "template_category_update"):
        register_account_handler(field, template_told)
    for field in (
        "phone_number_quality_update",
        "phone_number_name_update",
        "account_review_update",
        "business_capability_update",
        "business_username_updates",
    ):
        register_account_handler(field, health_told)
    register_account_handler("user_preferences", preference_told)


def account_updated(channel: Channel, told: AccountChange, change: Change) -> None:
    """Restrictions and bans stop what they forbid, until their end where one is known."""
    news = told.news
    if not isinstance(news, wire.AccountUpdate):
        return
    for one in news.restrictions if news.event == "ACCOUNT_RESTRICTION" else ():
        over = one.until is not None and one.until <= timezone.now()
        if one.kind in _STOPS and not over:
            scope, code = _STOPS[one.kind]
            pause(by=_BY, channel_id=channel.pk, kind="account", code=code, scope=scope, until=one.until)
    if news.event == "DISABLED_UPDATE" and _tell(channel, told.at, ban=news.ban, ban_date=news.ban_date):
        if news.ban == "DISABLE":
            pause(by=_BY, channel_id=channel.pk, kind="account", code=DISABLED)
        elif news.ban == "REINSTATE":
            lift(by=_BY, channel_id=channel.pk, codes=(DISABLED, RESTRICTED, MISUSE))
    if news.event in _CUT_OFF and _tell(channel, told.at, number_status="DISCONNECTED"):
        pause(by=_BY, channel_id=channel.pk, kind="account", code=_CUT_OFF[news.event])
    if news.event == "ACCOUNT_RECONNECTED" and _tell(channel, told.at, number_status="CONNECTED"):
        lift(by=_BY, channel_id=channel.pk, codes=set(_CUT_OFF.values()))


def health_told(channel: Channel, told: AccountChange, change: Change) -> None:
    news = told.news
    if isinstance(news, wire.NumberQuality):
        quality = {"FLAGGED": "RED", "UNFLAGGED": "GREEN"}.get(news.event, "")
        throughput = "HIGH" if news.event == "THROUGHPUT_UPGRADE" else ""
        _tell(channel, told.at, limit=news.limit, quality=quality, throughput=throughput)
    elif isinstance(news, wire.NumberName):
        name = news.name if news.decision == "APPROVED" else ""
        _tell(channel, told.at, name_status=news.decision, verified_name=name)
    elif isinstance(news, wire.AccountReview):
        _tell(channel, told.at, review=news.decision)
    elif isinstance(news, wire.Capability):
        _tell(channel, told.at, limit=news.limit)
    elif isinstance(news, wire.UsernameNotice):
        _tell(channel, told.at, username=news.username)


def template_told(channel: Channel, told: AccountChange, change: Change) -> None:
    """Enough of every template to know what may be sent; a late webhook does not undo a newer one."""
    news = told.news
    if isinstance(news, wire.TemplateStatus):
        values = {"status": news.event, "category": news.category}
    elif isinstance(news, wire.TemplateQuality):
        values = {"quality": news.after}
    elif isinstance(news, wire.TemplateCategory) and not news.coming:
        values = {"category": news.after}
    else:
        return
    learn_templates(channel.waba_id, {(news.name, news.language): values}, told.at)
    if isinstance(news, wire.TemplateStatus):
        forget_list(channel.waba_id)


def preference_told(channel: Channel, told: AccountChange, change: Change) -> None:
    """The customer stopped (or resumed) marketing from us: the contact remembers it."""
    news = told.news
    if isinstance(news, wire.Preference) and news.value in _STOPPING_WORDS:
        record_marketing_choice(
            by=_BY,
            region=channel.region,
            portfolio=channel.portfolio,
            seen=news.seen,
            stopped=_STOPPING_WORDS[news.value],
        )


def _tell(channel: Channel, at: datetime, **values: str) -> bool:
    """Keep on the channel what is newer than what is known; whether anything was."""
    row: ChannelHealth = locked_health(channel)
    when = at.isoformat()
    newer = {name: value for name, value in values.items() if value and row.told_at.get(name, "") <= when}
    for name, value in newer.items():
        setattr(row, name, value)
    row.told_at = {**row.told_at, **dict.fromkeys(newer, when)}
    row.save()
    return bool(newer)
