"""The rows of a large team's conversations: written in portions, COPY on PostgreSQL, one INSERT on SQLite."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from inbox.load import tables
from inbox.load.customers import Acquaintance, Customer, place_of
from inbox.load.repertoire import as_sealed
from inbox.load.rhythm import microseconds
from inbox.load.rows import CaseRow, ConversationRow, MessageRow, id_at, stamp
from inbox.models import Message
from inbox.models.conversation import PRIORITIES
from security.encryption.keyring import make_keys

_HALF_A_YEAR = 182 * 86_400 * 1_000_000
_DAY = 86_400 * 1_000_000
# Of a thousand conversations: open ones, of which some have nobody; snoozed ones; those marked payment.
_OPEN, _UNASSIGNED, _SNOOZED, _PAYMENTS = 10, 2, 1, 10
_CONTENT = place_of(Message, "content")  # type: ignore[arg-type]
_WORDS = ("請問這個還有貨嗎？", "Where is my order?", "謝謝你！", "Can I pay by card?", "明天可以到嗎？")


class Books:
    """Of one region: its numbers, who answers there, and how its customers speak (region code, language)."""

    def __init__(
        self, numbers: Sequence[Any], answering: Sequence[int], spoken: tuple[str, str], rng: Random, *, seed: int
    ) -> None:
        tables.check_columns()
        self._numbers, self._answering, self._spoken, self._rng = numbers, answering, spoken, rng
        self._met = Acquaintance(numbers[0], answering, seed=seed)
        self._now = microseconds(timezone.now())
        self._cases = _highest_case()

    def write(self, contacts: Iterable[int]) -> None:
        """These customers, with a conversation at each number and its newest message."""
        some = list(contacts)
        region_id, rows = self._numbers[0].region_id, list[tuple[Any, ...]]()
        with transaction.atomic():
            keys = make_keys(region_id=region_id, purpose="contact", count=len(some))
            for number, key in zip(some, keys, strict=True):
                rows += self._of(number, key.pk)
            for kind in tables.TABLES:
                tables.insert([row for row in rows if type(row) is kind])
            tables.follow_ids(CaseRow)

    def _of(self, number: int, key_id: Any) -> list[tuple[Any, ...]]:
        from security.encryption.keyring import open_key

        first = self._now - int(self._rng.random() * _HALF_A_YEAR)
        customer, card = self._met.meet(number, (key_id, open_key(key_id)), (first, self._now), self._spoken)
        rows: list[tuple[Any, ...]] = [card.contact, *card.identities]
        for channel in self._numbers:
            rows += self._conversation(channel, customer)
        return rows

    def _conversation(self, channel: Any, customer: Customer) -> list[tuple[Any, ...]]:
        rng = self._rng
        drawn = rng.randrange(1000)
        state = "open" if drawn < _OPEN else "snoozed" if drawn < _OPEN + _SNOOZED else "resolved"
        unassigned = drawn < _UNASSIGNED
        # What is open was written lately, what is resolved at any time of the half year.
        at = self._now - int(rng.random() * (3 * _DAY if state != "resolved" else _HALF_A_YEAR))
        pk, said = id_at(at, rng), id_at(at, rng)
        self._cases += 1
        waiting = stamp(at) if state == "open" and rng.random() < 0.5 else None
        conversation = ConversationRow(
            id=pk, region_id=channel.region_id, channel_id=channel.pk.hex, contact_id=customer.id, state=state,
            assignee_id=None if unassigned else rng.choice(self._answering), team_id=None,
            payment_marked_at=stamp(at) if rng.randrange(1000) < _PAYMENTS else None,
            priority=PRIORITIES["urgent" if rng.randrange(100) == 0 else "normal"], woken_at=None, woken_how="",
            locked_by_id=None, locked_until=None, due_at=None, risk_at=None, watch_at=None, due_for="", held_count=0,
            scheduled_at=None, risk_severity=0, answer_count=0, case_count=1,
            version=2, inbound_count=1, last_message_id=said, last_activity_at=stamp(at), last_inbound_at=stamp(at),
            waiting_since=waiting, created_at=stamp(at),
        )  # fmt: skip
        message = MessageRow(
            id=said, conversation_id=pk, channel_id=channel.pk.hex, case_id=self._cases, key_id=customer.key_id,
            direction="in", kind="text", content=customer.seal(_CONTENT, said, as_sealed({"text": rng.choice(_WORDS)})),
            author_id=None, client_ref=None, provider_ref=f"wamid.TEAM{said}", quoted_id=None, quoted_ref="",
            status="received", at=stamp(at), created_at=stamp(at), claimed_at=None, calling_at=None, repeats=0,
            sent_at=None, delivered_at=None, read_at=None, failed_at=None, attempts=0, due_at=None, error_code="",
            version=1,
        )  # fmt: skip
        return [conversation, CaseRow(self._cases, pk, 1, stamp(at), None), message]


def _highest_case() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM inbox_case")
        return int(cursor.fetchone()[0])


def settle() -> None:
    """Let the planner see what has been written."""
    tables.settle()
