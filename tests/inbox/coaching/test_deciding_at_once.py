"""Several mentors decide at the same moment: exactly one of them does, and WhatsApp is asked once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from inbox.actions.held_decisions import approve_held, reject_held
from inbox.actions.holding import revise_held, withdraw_held
from inbox.coaching.errors import DecidedMeanwhile, RevisedMeanwhile
from inbox.sending.outbox import deliver
from tests.inbox.coaching.conftest import Learning
from tests.worlds.threads import fresh, logged

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*works: Callable[[], object]) -> list[str]:
    """What became of each, in threads with connections of their own: ``done``, or the code it was refused with."""
    told: list[str] = ["?"] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            start.wait()
            work()
            told[place] = "done"
        except (DecidedMeanwhile, RevisedMeanwhile) as refused:
            told[place] = refused.code
        except BaseException as error:  # noqa: BLE001
            told[place] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


def test_two_approve_and_two_reject_and_one_of_them_wins(learning: Learning):
    for number in range(6):
        held = learning.writes(f"Answer {number}", ref=str(number))
        fay, dee = learning.by("fay"), learning.by("dee")
        told = all_at_once(
            lambda: approve_held(by=fay, held_id=held.pk, revision=1),
            lambda: approve_held(by=dee, held_id=held.pk, revision=1, text=f"Better {number}"),
            lambda: reject_held(by=fay, held_id=held.pk, revision=1, comment="No"),
            lambda: reject_held(by=dee, held_id=held.pk, revision=1, comment="No"),
        )
        assert sorted(told) == ["decided_meanwhile"] * 3 + ["done"]
        left = fresh(held).state == "approved"
        calls = len(learning.bodies())
        all_at_once(*[lambda: deliver(learning.talk.pk)] * 3)
        assert len(learning.bodies()) - calls == (1 if left else 0)
    assert len(logged("reply.approved")) + len(logged("reply.rejected")) == 6
    assert learning.now().held_count == 0


def test_the_author_takes_it_back_or_the_mentor_lets_it_leave(learning: Learning):
    for number in range(6):
        held = learning.writes(f"Answer {number}", ref=str(number))
        ben, fay = learning.by("ben"), learning.by("fay")
        told = all_at_once(
            lambda: withdraw_held(by=ben, held_id=held.pk), lambda: approve_held(by=fay, held_id=held.pk, revision=1)
        )
        assert told.count("done") >= 1 and "?" not in told
        state = fresh(held).state
        calls = len(learning.bodies())
        deliver(learning.talk.pk)
        assert len(learning.bodies()) - calls == (1 if state == "approved" else 0)
        assert state in ("approved", "withdrawn")


def test_the_author_changes_it_while_it_is_approved(learning: Learning):
    for number in range(6):
        held = learning.writes(f"Answer {number}", ref=str(number))
        ben, fay = learning.by("ben"), learning.by("fay")
        told = all_at_once(
            lambda: revise_held(by=ben, held_id=held.pk, revision=1, text="Something else"),
            lambda: approve_held(by=fay, held_id=held.pk, revision=1),
        )
        assert sorted(told) in (["decided_meanwhile", "done"], ["done", "revised_meanwhile"])
        deliver(learning.talk.pk)
    assert all(body["text"]["body"] != "Something else" for body in learning.bodies())
