"""Account webhooks: stored once per channel they are about, reflected on it, and announced to other apps."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from inbox.accounts.registry import tell_handlers
from inbox.accounts.weight import INFO, event_of, severity_of
from inbox.events import ChannelChanged
from inbox.models import AccountEvent, Channel
from inbox.whatsapp.wire_account import AccountChange, HistoryProgress, PlatformError, Preference
from security.access import System
from security.writing import write

_WHY = "account webhooks"
_BY = System("whatsapp webhook")
# What only the number itself can be told.
_OF_THE_NUMBER = (Preference, HistoryProgress, PlatformError)


def apply_account_news(*, channel: Channel, changes: Sequence[AccountChange]) -> None:
    """A batch that came to ``channel``. What is stored already (by Meta's idempotency keys) changes nothing. Clients
    read channels again only when there is something new to be seen; pauses announce themselves."""
    with write(by=_BY) as change:
        mates = {mate.pk: mate for mate in _mates(channel)}
        wanted = {(pk, one.key): one for one in changes for pk in _concerned(channel, mates, one)}
        stored = AccountEvent.objects.for_system(_WHY).filter(channel__in=mates, key__in={key for _, key in wanted})
        known = set(stored.values_list("channel_id", "key"))
        fresh = [(mates[pk], one) for (pk, key), one in sorted(wanted.items(), key=_in_order) if (pk, key) not in known]
        for mate, one in fresh:
            _store(mate, one)
            if _speaks_for(channel, one):
                tell_handlers(mate, one, change)
        for mate in {mate.pk: mate for mate, one in fresh if severity_of(one.news) != INFO}.values():
            change.announce(ChannelChanged.of(Channel.objects.for_system(_WHY).get(pk=mate.pk)))


def _mates(channel: Channel) -> list[Channel]:
    """The channels of the same account, the one the body came to among them; locked in one order."""
    rows = Channel.objects.for_system(_WHY).locked().filter(waba_id=channel.waba_id)
    return list(rows.order_by("id"))


def _concerned(channel: Channel, mates: dict[Any, Channel], one: AccountChange) -> list[Any]:
    if isinstance(one.news, _OF_THE_NUMBER) or not _speaks_for(channel, one):
        return [channel.pk]
    if one.phone:
        return [pk for pk, mate in mates.items() if _digits(mate.phone) == one.phone] or [channel.pk]
    return list(mates)


def _speaks_for(channel: Channel, one: AccountChange) -> bool:
    """A body is signed for one account: what it says of another is kept where it came, and changes nothing."""
    return isinstance(one.news, _OF_THE_NUMBER) or one.waba_id in ("", channel.waba_id)


def _in_order(item: tuple[tuple[Any, str], AccountChange]) -> tuple[datetime, str, Any]:
    """As they happened, the channels of one event in the order in which they are locked."""
    (pk, key), one = item
    return one.at, key, pk


def _store(channel: Channel, one: AccountChange) -> None:
    event = AccountEvent(
        channel=channel,
        key_id=channel.key_id,
        field=one.field,
        event=event_of(one.news)[:64],
        severity=severity_of(one.news),
        key=one.key,
        content={"told": _told(one)},
        at=one.at,
        received_at=timezone.now(),
    )
    event.save(force_insert=True)


def _told(one: AccountChange) -> dict[str, Any]:
    """The values as JSON. Whom a preference is about stays with that person's own record."""
    values = {name: value for name, value in asdict(one.news).items() if name not in ("seen", "details")}
    return {name: _plain(value) for name, value in values.items() if value not in ("", None, (), [])}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())
