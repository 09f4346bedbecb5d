"""Apps react to account webhooks by registering here; this one tells them and imports none of them."""

import logging
from collections import defaultdict
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, transaction

from inbox.models import Channel
from inbox.whatsapp.wire_account import AccountChange
from security.writing import Change

logger = logging.getLogger(__name__)
Handler = Callable[[Channel, AccountChange, Change], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)
EVERY = "*"


def register_account_handler(field: str, function: Handler) -> None:
    """From ``AppConfig.ready()``: call ``function(channel, news, change)`` for every new event of a webhook field
    (``EVERY``: of all), once per channel it is about, inside the write that stores it. It must not use the network;
    what is to follow goes to ``change.enqueue``."""
    if function not in _handlers[field]:
        _handlers[field].append(function)


def forget_account_handler(field: str, function: Handler) -> None:
    _handlers[field].remove(function)


def tell_handlers(channel: Channel, news: AccountChange, change: Change) -> None:
    """One that fails is undone and logged; the event stays stored, and messages of the same body are not held up. When
    the database itself fails, all of it is undone and comes again: what is stored is never told a second time."""
    for function in (*_handlers[news.field], *_handlers[EVERY]):
        try:
            with transaction.atomic():
                function(channel, news, change)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("channel %s: a reaction to %s failed", channel.pk, news.field)
