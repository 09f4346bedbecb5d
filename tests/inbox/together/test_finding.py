"""Finding a conversation by who it is with: within one's sight, by a name, a part of one, or a number."""

from typing import Any

import pytest

from tests.conftest import Cast
from tests.inbox.together.test_bin import bin_it
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import thread


def found(cast: Cast, name: str, q: str) -> list[str]:
    answer: Any = cast.browser(name).get("/api/v1/conversations/find", {"q": q})
    assert answer.status_code == 200
    return [row["contact"]["name"] for row in answer.json()["results"]]


@pytest.fixture
def mei(cast: Cast) -> Customer:
    who = customer("Mei Lin 林美")
    thread(channel(cast.asia), who)
    thread(channel(cast.asia), customer("Klara"))
    return who


@pytest.mark.parametrize("q", ["mei", "LIN", " mei  lin ", "林美", "美"])
def test_by_a_part_of_the_name(cast: Cast, mei: Customer, q: str):
    assert found(cast, "ben", q) == ["Mei Lin 林美"]


def test_by_a_number_or_its_end(cast: Cast, mei: Customer):
    whole, at_home = str(mei.wa_id), str(mei.wa_id)[3:]
    for q in (whole, f"+{whole[:3]} {at_home}", f"00{whole}", f"0{at_home}", whole[-5:]):
        assert found(cast, "ben", q) == ["Mei Lin 林美"], q


@pytest.mark.parametrize("q", ["", "   ", "nobody", "0000000000000", "%", "_"])
def test_nothing_fits(cast: Cast, mei: Customer, q: str):
    assert found(cast, "ben", q) == []


def test_only_what_one_sees(cast: Cast, mei: Customer):
    from inbox.models import Conversation
    from security.actions.duties import give_duty
    from security.actions.traineeships import start_traineeship
    from tests.conftest import BY

    assert found(cast, "cho", "mei") == found(cast, "cho", str(mei.wa_id)) == []
    start_traineeship(by=BY, user=cast.ben)
    give_duty(by=BY, user=cast.eli, duty="finance")
    for name in ("ben", "eli"):
        assert found(cast, name, "mei") == found(cast, name, str(mei.wa_id)) == []
    for row in Conversation.objects.for_system("the test").all():
        bin_it(cast, row)
    assert found(cast, "dee", "mei") == found(cast, "dee", str(mei.wa_id)) == []


@pytest.mark.parametrize("q", ["x" * 81, "a\x00b"])
def test_an_odd_question_is_refused(cast: Cast, q: str):
    assert cast.browser("ben").get("/api/v1/conversations/find", {"q": q}).status_code == 400
