"""Every minute what is certainly complete is sealed, and nobody who writes waits for it."""

import hashlib
import threading
import time

import pytest
from django.db import connection, connections, transaction

from security.actions import sealing
from security.actions.sealing import seal_operations
from security.log.chain import BEGINNING, root_of
from security.log.verifying import verify
from security.models import Operation, Region, Seal
from security.writing import write
from tests.conftest import BY
from tests.security.log.tampering import lines

ON_POSTGRESQL = connection.vendor == "postgresql"


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_root_is_a_merkle_tree_in_which_an_odd_one_goes_up(db: None):
    a, b, c, d, e = (hashlib.sha256(bytes([number])).digest() for number in range(5))
    assert root_of([a]) == a
    assert root_of([a, b, c]) == node(node(a, b), c)
    assert root_of([a, b, c, d, e]) == node(node(node(a, b), node(c, d)), e)


def test_each_seal_goes_on_where_the_last_one_ended(db: None):
    first, second = lines(3), lines(2)
    assert seal_operations() == 5
    third = lines(4)
    assert seal_operations() == 4 and seal_operations() == 0
    one, two = Seal.objects.order_by("number")
    assert (one.number, one.first_id, one.last_id, one.count) == (1, 1, second[-1], 5)
    assert (two.number, two.first_id, two.last_id, two.count) == (2, second[-1] + 1, third[-1], 4)
    assert bytes(one.previous) == BEGINNING and bytes(two.previous) == bytes(one.digest)
    assert first[0] >= 1


def test_a_long_night_is_sealed_in_pieces(db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sealing, "LINES_A_SEAL", 3)
    lines(8)
    assert seal_operations() == 8
    assert [seal.count for seal in Seal.objects.order_by("number")] == [3, 3, 2]
    assert verify()[0] == 8


def test_nothing_to_seal_makes_no_seal(db: None):
    assert seal_operations() == 0 and not Seal.objects.exists()


class Held(threading.Thread):
    """A transaction with a line in it that stays open until it is let go."""

    def __init__(self, *, keeps: bool = True) -> None:
        super().__init__(daemon=True)
        self.keeps = keeps
        self.written, self.released = threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with transaction.atomic():
                with write(by=BY) as change:
                    change.record("test.slow", Region.objects.get())
                self.written.set()
                self.released.wait(20)
                transaction.set_rollback(not self.keeps)
        finally:
            connections["default"].close()

    def __enter__(self) -> "Held":
        self.start()
        assert self.written.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.join(10)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time")
def test_a_line_of_a_transaction_still_open_is_never_sealed_past(transactional_db: None):
    lines(1)
    with Held():
        later = lines(2)  # their ids are higher than the one that is not to be seen yet
        began = time.monotonic()
        assert seal_operations(patience=0.3) == 0
        assert time.monotonic() - began < 5
        assert lines(1), "nobody who writes waits for the sealing"
    assert seal_operations() == 5
    slow = Operation.objects.get(action="test.slow")
    assert slow.pk < later[0] and verify()[0] == 5


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time")
def test_the_sealing_goes_on_as_soon_as_the_open_transaction_ends(transactional_db: None):
    lines(1)
    held = Held(keeps=False)
    with held:
        lines(1)
        threading.Timer(0.3, held.released.set).start()
        assert seal_operations(patience=10) == 2, "what was rolled back leaves a gap, and nothing else"
    assert verify()[0] == 2


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL has many writers at a time")
def test_on_sqlite_only_what_is_committed_is_sealed(transactional_db: None):
    lines(2)
    held = Held()
    with held:
        threading.Timer(0.3, held.released.set).start()
        assert seal_operations() == 2
    assert seal_operations() == 1 and verify()[0] == 3


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time")
def test_with_many_writers_no_line_is_ever_left_out(transactional_db: None):
    """Sealing all the while: at the end every line is under exactly one seal."""
    Region.objects.create(code="here", name="Here")

    def busy() -> None:
        try:
            lines(20)
        finally:
            connections["default"].close()

    writers = [threading.Thread(target=busy) for _ in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seal_operations(patience=0.5)
    seal_operations()
    assert sum(seal.count for seal in Seal.objects.all()) == Operation.objects.count() == 80
    assert verify()[0] == 80


def test_two_workers_make_one_chain(transactional_db: None):
    lines(5)
    workers = [threading.Thread(target=_seal_and_leave) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert verify()[0] == 5 and Seal.objects.count() == 1


def _seal_and_leave() -> None:
    try:
        seal_operations()
    finally:
        connections["default"].close()
