"""Two admins at the same moment: one admin is always left, one address is one person's, one seat is taken once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from security.access import access_of
from security.actions.duties import give_duty
from security.actions.levels import set_level
from security.actions.people import add_person, change_person
from security.errors import Refusal
from security.models import DutyHolding, SecurityPolicy, User
from tests.conftest import BY, Cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Start all, wait for all; what each was refused with, or an empty word."""
    gate, came = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(number: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            deed()
        except Refusal as refusal:
            came[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return came


@pytest.fixture
def two_admins(transactional_db: None, cast: Cast) -> Cast:
    set_level(by=BY, user=cast.dee, level="admin")
    return cast


def test_who_unmake_each_other_leave_one(two_admins: Cast):
    ana, dee = two_admins.access("ana"), two_admins.access("dee")
    came = at_once(
        lambda: set_level(by=ana, user=User.objects.get(pk=dee.user_id), level="agent", reason="You go"),
        lambda: set_level(by=dee, user=User.objects.get(pk=ana.user_id), level="agent", reason="No, you"),
    )
    left = User.objects.filter(is_active=True, groups__name="admin")
    assert sorted(came) == ["", "last_admin"] and left.count() == 1


def test_who_put_each_other_out_leave_one(two_admins: Cast):
    def put_out(by: str, whom: str) -> None:
        user = User.objects.get(pk=getattr(two_admins, whom).pk)
        user.is_active = False
        change_person(by=access_of(getattr(two_admins, by)), user=user, changed=["is_active"], reason="Out")

    came = at_once(lambda: put_out("ana", "dee"), lambda: put_out("dee", "ana"))
    left = User.objects.filter(is_active=True, groups__name="admin")
    assert sorted(came) == ["", "last_admin"] and left.count() == 1


def test_two_who_add_the_same_address_add_one(two_admins: Cast):
    def add() -> None:
        add_person(by=BY, email="gus@kefu.test", name="Gus", password=None, level="agent", regions=())

    assert sorted(at_once(add, add)) == ["", "conflict"]
    assert User.objects.filter(email="gus@kefu.test").count() == 1


def test_two_who_give_the_last_seat_give_it_once(two_admins: Cast):
    policy = SecurityPolicy(marketing_senders=1)
    policy.save()
    SecurityPolicy.forget()
    came = at_once(
        lambda: give_duty(by=BY, user=two_admins.ben, duty="marketing_sender"),
        lambda: give_duty(by=BY, user=two_admins.fay, duty="marketing_sender"),
    )
    assert sorted(came)[0] == "" and sorted(came)[1] in ("conflict", "no_seat_left")
    assert DutyHolding.objects.count() == 1
