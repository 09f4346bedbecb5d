"""The operation log and the bin (PM-8, PM-9)."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from inbox.actions.purging import purge_due
from security.actions.grants import give_grant
from tests.conftest import BY, Cast
from tests.inbox.together.test_bin import API, bin_it
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread


def test_the_log_names_it_to_whoever_may_look_into_the_bin(cast: Cast):
    talk = thread(channel(cast.asia), customer("Mei Lin"))
    until = timezone.now() + timedelta(hours=1)
    give_grant(by=BY, user=cast.fay, permission="security.see_operations", ends_at=until, reason="Audit")
    bin_it(cast, talk)

    def told(name: str) -> list[Any]:
        found = cast.browser(name).get(f"{API}/operations", {"action": "conversation.binned"}).json()["results"]
        return [(line["subject"]["name"], line["subject"]["opens"]) for line in found]

    assert (told("dee"), told("fay")) == ([("Mei Lin", None)], [(None, None)])
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert purge_due() == 1
    assert told("dee") == [(None, None)]
