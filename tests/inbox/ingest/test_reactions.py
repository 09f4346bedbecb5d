"""Emoji from customers: the newest word counts, whatever came first."""

from typing import Any

import pytest

from inbox.actions.outgoing import claim_next, record_sent
from inbox.actions.replies import react, send_text
from inbox.models import Channel, Message
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import conversations, fresh, messages, only_message, reactions, thread
from tests.worlds.webhooks import Json, message, says, status, status_arrives


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def mei() -> Customer:
    return customer()


def emoji(sender: Customer, target: str | None, symbol: str | None, *, ago: float = 0) -> Json:
    content = {"message_id": target, **({} if symbol is None else {"emoji": symbol})}
    return message(sender, "reaction", content, ago=ago)


def shown(cast: Cast, row: Message) -> list[dict[str, Any]]:
    page = cast.browser("ben").get(f"/api/v1/conversations/{row.conversation_id}/messages").json()["results"]
    return list(next(one for one in page if one["id"] == str(row.pk))["reactions"])


def test_a_reaction_shows_on_its_message_and_is_no_message(cast: Cast, shop: Channel, mei: Customer):
    thread(shop, mei)
    row = only_message()
    says(shop, mei, emoji(mei, row.provider_ref, "👍"))
    assert shown(cast, row) == [{"emoji": "👍", "side": "contact", "name": ""}]
    assert len(messages()) == 1
    assert fresh(row).version == row.version + 1


def test_a_reaction_refreshes_the_window(shop: Channel, mei: Customer):
    talk = thread(shop, mei, ago=20 * 3600)
    says(shop, mei, emoji(mei, only_message().provider_ref, "👍"))
    assert fresh(talk).last_inbound_at > talk.last_inbound_at


def test_a_second_emoji_replaces_the_first(cast: Cast, shop: Channel, mei: Customer):
    thread(shop, mei)
    row = only_message()
    says(shop, mei, emoji(mei, row.provider_ref, "👍", ago=5))
    says(shop, mei, emoji(mei, row.provider_ref, "❤️"))
    assert [one["emoji"] for one in shown(cast, row)] == ["❤️"]


@pytest.mark.parametrize("removal", ["", None])
def test_an_empty_or_missing_emoji_takes_it_off(cast: Cast, shop: Channel, mei: Customer, removal: str | None):
    thread(shop, mei)
    row = only_message()
    says(shop, mei, emoji(mei, row.provider_ref, "👍", ago=5), emoji(mei, row.provider_ref, removal))
    assert shown(cast, row) == []


def test_an_older_reaction_that_comes_late_does_not_bring_back_what_was_taken_off(
    cast: Cast, shop: Channel, mei: Customer
):
    thread(shop, mei)
    row = only_message()
    says(shop, mei, emoji(mei, row.provider_ref, "", ago=5))
    says(shop, mei, emoji(mei, row.provider_ref, "👍", ago=50))
    assert shown(cast, row) == []


def test_a_reaction_may_come_before_its_message(cast: Cast, shop: Channel, mei: Customer):
    late = message(mei, content="the message", ago=60)
    says(shop, mei, emoji(mei, late["id"], "🙏"))
    (talk,) = conversations()
    assert (talk.case_count, reactions(talk)[0].target_id) == (0, None)
    says(shop, mei, late)
    assert [one["emoji"] for one in shown(cast, only_message())] == ["🙏"]
    assert conversations()[0].case_count == 1


def test_a_message_and_its_reaction_may_come_in_one_body_in_any_order(cast: Cast, shop: Channel, mei: Customer):
    first = message(mei, ago=60)
    says(shop, mei, emoji(mei, first["id"], "🙏"), first)
    assert [one["emoji"] for one in shown(cast, only_message())] == ["🙏"]


def test_a_reaction_to_our_message_may_overtake_the_answer_of_the_send_call(cast: Cast, shop: Channel, mei: Customer):
    """The customer is quicker than our HTTP response: what they react to gets its id only afterwards."""
    talk = thread(shop, mei)
    answer = send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    says(shop, mei, emoji(mei, "wamid.OURS", "🎉"))
    assert shown(cast, answer) == []
    record_sent(message=sending, provider_ref="wamid.OURS")
    assert [one["emoji"] for one in shown(cast, answer)] == ["🎉"]


def test_a_reaction_to_an_unconfirmed_message_finds_it_with_its_status(cast: Cast, shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    answer = send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    claim_next(conversation_id=talk.pk)
    says(shop, mei, emoji(mei, "wamid.OURS", "🎉"))
    status_arrives(shop, status("wamid.OURS", "sent", biz_opaque_callback_data=str(answer.pk)))
    assert [one["emoji"] for one in shown(cast, answer)] == ["🎉"]


def test_a_reaction_of_somebody_else_cannot_touch_a_message_of_another_conversation(
    cast: Cast, shop: Channel, mei: Customer
):
    thread(shop, mei)
    row, stranger = only_message(), customer()
    says(shop, stranger, emoji(stranger, row.provider_ref, "👎"))
    assert shown(cast, row) == []


def test_both_sides_may_react_to_the_same_message(cast: Cast, shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    row = only_message()
    says(shop, mei, emoji(mei, row.provider_ref, "👍", ago=5))
    react(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", message_id=row.pk, emoji="😊")
    assert [(one["emoji"], one["side"], one["name"]) for one in shown(cast, row)] == [
        ("👍", "contact", ""),
        ("😊", "team", "Ben"),
    ]
