"""Everybody in a load world, followed from chunk to chunk."""

from collections.abc import Iterable
from uuid import UUID

from contacts.models import Contact
from inbox.load import findable, ledger, tables
from inbox.load.customers import Customer, acquaintances, customer_id
from inbox.load.extras import World, store_files
from inbox.load.plan import Planned, Thread
from inbox.load.rows import CaseRow, ConversationRow
from inbox.load.staff import Shop
from inbox.load.thread import Life, Written
from security.encryption.keyring import make_keys, open_key, open_keys
from security.writing import write


class Company:
    """Whoever in ``plan`` has appeared so far; chunks come in order, first those to ``replay``."""

    def __init__(self, plan: Iterable[Planned], shop: Shop, world: World, *, seed: int) -> None:
        self._shop, self._world, self._seed = shop, world, seed
        self._spans = _spans(plan)
        self._acquaintances = acquaintances(shop.channels, shop.answering, seed=seed)
        self._customers: dict[int, Customer] = {}
        self._lives: dict[int, Life] = {}
        everybody = Contact.objects.for_system("a load goes on with the customers it has made")
        self._keys: dict[str, UUID] = {pk.hex: key for pk, key in everybody.values_list("pk", "key_id")}

    def replay(self, chunk: list[Planned]) -> None:
        """What is written already: only the standing of everybody moves on."""
        self._play(chunk)
        self._world.files.clear()

    def write(self, chunk: list[Planned], number: int) -> None:
        with write(by=ledger.BY) as change:
            written, changed = self._play(chunk)
            for kind in tables.TABLES:
                tables.insert(written.rows.get(kind, []))
            findable.index(written.findable)
            tables.amend(ConversationRow, ConversationRow._fields[1:], [(*row[1:], row.id) for row in changed])
            tables.amend(CaseRow, ("first_reply_at",), [(at, case) for case, at in written.replies.items()])
            tables.follow_ids(CaseRow)
            store_files(self._world)
            ledger.record_chunk(change, number)

    def _play(self, chunk: list[Planned]) -> tuple[Written, list[ConversationRow]]:
        """The rows of a chunk, and the conversations of earlier ones that end in it."""
        written = Written()
        self._meet(chunk, written)
        fresh: dict[int, Life] = {}
        ended: dict[int, Life] = {}
        for planned in chunk:
            thread = planned.thread
            if thread.number not in self._lives:
                self._lives[thread.number] = fresh[thread.number] = self._begin(planned)
            life = self._lives[thread.number]
            life.play(planned, self._shop.answering[thread.region], written)
            if planned.last:
                life.finish(self._shop.members[thread.region], written)
                ended[thread.number] = self._lives.pop(thread.number)
        for life in fresh.values():
            written.add(life.row())
        _answer_cases(written)
        return written, [life.row() for number, life in ended.items() if number not in fresh]

    def _begin(self, planned: Planned) -> Life:
        channel = self._shop.channels[planned.thread.channel]
        customer = self._customers[planned.thread.contact]
        return Life(self._world, customer, channel_id=channel.pk.hex, region_id=channel.region_id, at=planned.at_us)

    def _meet(self, chunk: list[Planned], written: Written) -> None:
        """The customers who appear for the first time; their keys are made, or found again, in a few queries."""
        threads: dict[int, Thread] = {}
        for planned in chunk:
            if planned.thread.contact not in self._customers:
                threads.setdefault(planned.thread.contact, planned.thread)
        keys = self._keys_of(threads)
        for number, thread in threads.items():
            key = (keys[number], open_key(keys[number]))
            spoken = (thread.region, thread.language)
            customer, card = self._acquaintances[thread.channel].meet(number, key, self._spans[number], spoken)
            self._customers[number] = customer
            for row in (card.contact, *card.identities, *card.notes):
                written.add(row)
            written.findable.extend(card.findable)

    def _keys_of(self, threads: dict[int, Thread]) -> dict[int, UUID]:
        """Data keys by the number of the contact."""
        ids = {number: customer_id(number, self._spans[number][0], self._seed) for number in threads}
        found = {number: self._keys[pk] for number, pk in ids.items() if pk in self._keys}
        open_keys(found.values())
        missing: dict[int, list[int]] = {}
        for number, thread in threads.items():
            if number not in found:
                missing.setdefault(self._shop.channels[thread.channel].region_id, []).append(number)
        for region_id, numbers in missing.items():
            made = make_keys(region_id=region_id, purpose="contact", count=len(numbers))
            found |= {number: key.pk for number, key in zip(numbers, made, strict=True)}
        return found


def _spans(plan: Iterable[Planned]) -> dict[int, tuple[int, int]]:
    """When each contact wrote first and about last; ``plan`` is in order of time."""
    spans: dict[int, tuple[int, int]] = {}
    for planned in plan:
        number = planned.thread.contact
        ends = planned.at_us + planned.span_us
        first, last = spans.get(number, (planned.at_us, ends))
        spans[number] = (first, max(last, ends))
    return spans


def _answer_cases(written: Written) -> None:
    """Cases that begin in this chunk are inserted with their first answer; ``replies`` keeps those of earlier ones."""
    cases = written.rows.get(CaseRow, [])
    for place, case in enumerate(cases):
        assert isinstance(case, CaseRow)
        cases[place] = case._replace(first_reply_at=written.replies.pop(case.id, None))
