"""A contact may be under several legal holds; it is kept until the last one ends (CM-8)."""

from typing import Any

import pytest

from contacts.actions.holds import hold_contact, release_contact
from contacts.actions.merging import carry_on_merging, merge_contacts
from inbox.models import Conversation
from security.errors import Invalid
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import fresh, thread


@pytest.fixture
def pair(cast: Cast) -> tuple[Conversation, Conversation]:
    shop = channel(cast.asia)
    return thread(shop, customer("Ana")), thread(shop, customer("Also Ana"))


def holds(cast: Cast, talk: Conversation) -> Any:
    return cast.browser("dee").get(f"/api/v1/contacts/{talk.contact_id}/hold").json()["results"]


def test_a_merge_takes_over_every_hold_and_the_last_one_keeps_it(cast: Cast, pair: Any):
    kept, merged = pair
    dee = cast.access("dee")
    for talk, reason in ((kept, "One court"), (merged, "Another court"), (merged, "An audit")):
        hold_contact(by=dee, contact_id=talk.contact_id, reason=reason)
    merge_contacts(by=fresh_access(cast, "dee"), kept_id=kept.contact_id, merged_id=merged.contact_id)
    while carry_on_merging() == 0:
        pass
    told = holds(cast, kept)
    assert [one["reason"] for one in told] == ["An audit", "Another court", "One court"]
    for one in told:
        assert fresh(kept.contact).held_at is not None
        path = f"/api/v1/contacts/{kept.contact_id}/hold?hold={one['id']}"
        assert cast.browser("dee").delete(path).status_code == 204
    assert fresh(kept.contact).held_at is None and all(one["released_at"] for one in holds(cast, kept))


def test_which_one_ends_must_be_said_where_there_are_several(cast: Cast, pair: Any):
    talk, _ = pair
    dee = cast.access("dee")
    first = hold_contact(by=dee, contact_id=talk.contact_id, reason="One court")
    second = hold_contact(by=dee, contact_id=talk.contact_id, reason="Another court")
    with pytest.raises(Invalid) as refused:
        release_contact(by=dee, contact_id=talk.contact_id)
    assert refused.value.field == "hold"
    release_contact(by=dee, contact_id=talk.contact_id, hold_id=first.pk)
    assert release_contact(by=dee, contact_id=talk.contact_id, hold_id=first.pk) is None, "twice is once"
    assert fresh(talk.contact).held_at == second.set_at
    release_contact(by=dee, contact_id=talk.contact_id)
    assert fresh(talk.contact).held_at is None
    assert cast.browser("dee").delete(f"/api/v1/contacts/{talk.contact_id}/hold?hold=x").status_code == 400
