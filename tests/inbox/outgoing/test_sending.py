"""From the agent's click to WhatsApp: once, in order, with the right words and the right address."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from contacts.models import Identity
from inbox.actions.outgoing import claim_next
from inbox.actions.replies import react, send_text
from inbox.errors import NoRecipient
from inbox.models import Channel, InboxPolicy
from inbox.sending.outbox import deliver
from security.errors import Refusal
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.answers import send_location, send_template
from tests.worlds.channels import calls
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, messages, thread
from tests.worlds.webhooks import message, says


def bodies(desk: Desk) -> list[dict]:
    return [row["detail"]["body"] for row in calls(desk.meta, desk.shop)]


def test_a_queued_text_is_sent_and_accepted(desk: Desk):
    answer = desk.answers("It is!")
    assert state(answer) == ("queued", "")
    assert desk.sends() == 1
    row = fresh(answer)
    assert row.status == "accepted" and row.provider_ref.startswith("wamid.") and row.attempts == 1
    (body,) = bodies(desk)
    assert body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": "text",
        "text": {"body": "It is!", "preview_url": True},
        "to": f"+{desk.mei.wa_id}",
        "biz_opaque_callback_data": str(answer.pk),
    }


def test_nothing_queued_means_no_call(desk: Desk):
    assert [desk.sends(), desk.sends()] == [0, 0]
    desk.answers()
    assert [desk.sends(), desk.sends()] == [1, 0]
    assert len(bodies(desk)) == 1


def test_messages_leave_in_the_order_they_were_written(desk: Desk):
    for number in range(6):
        desk.answers(str(number))
    assert desk.sends() == 6
    assert desk.sent() == [str(number) for number in range(6)]


def test_somebody_without_a_number_is_reached_by_the_business_scoped_id(desk: Desk):
    hidden = customer("Hidden", wa_id=None, bsuid="TW.19800000000000000077")
    talk = thread(desk.shop, hidden)
    desk.answers("Hi", talk=talk)
    deliver(talk.pk)
    (body,) = bodies(desk)
    assert body["recipient"] == "TW.19800000000000000077" and "to" not in body


def test_an_id_of_another_portfolio_names_nobody_here(desk: Desk):
    hidden = customer("Hidden", wa_id=None, bsuid="TW.19800000000000000078")
    talk = thread(desk.shop, hidden)
    theirs = Identity.objects.for_system("the test").filter(contact_id=talk.contact_id, kind="bsuid")
    theirs.update(portfolio="another business")
    with pytest.raises(NoRecipient):
        desk.answers("Hi", talk=talk)


def test_an_id_from_before_the_portfolio_was_known_still_names_its_owner(desk: Desk):
    talk = thread(desk.shop, customer("Hidden", wa_id=None, bsuid="TW.19800000000000000079"))
    Channel.objects.for_system("the test").filter(pk=desk.shop.pk).update(portfolio_id="known by now")
    desk.answers("Hi", talk=talk)
    deliver(talk.pk)
    (body,) = bodies(desk)
    assert body["recipient"] == "TW.19800000000000000079"


def test_an_answer_quotes_the_message_it_is_about(desk: Desk):
    (question,) = messages(desk.talk)
    send_text(
        by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", text="Yes", reply_to=question.pk
    )
    desk.sends()
    assert bodies(desk)[0]["context"] == {"message_id": question.provider_ref}


def test_a_reaction_goes_out_on_its_target_and_an_empty_one_takes_it_off(desk: Desk):
    says(desk.shop, desk.mei, known := message(desk.mei, content="Look"))
    target = next(row for row in messages(desk.talk) if row.provider_ref == known["id"])
    for ref, emoji in (("1", "👍"), ("2", "")):
        react(
            by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref=ref, message_id=target.pk, emoji=emoji
        )
    desk.sends()
    assert [body["reaction"] for body in bodies(desk)] == [
        {"message_id": known["id"], "emoji": "👍"},
        {"message_id": known["id"], "emoji": ""},
    ]
    assert all("context" not in body for body in bodies(desk))


def test_a_place_goes_out_with_what_was_given_of_it(desk: Desk):
    ben, talk = desk.cast.access("ben"), desk.talk.pk
    send_location(by=ben, conversation_id=talk, client_ref="1", latitude=25.0, longitude=121.5, name="Shop", address="")
    send_location(by=ben, conversation_id=talk, client_ref="2", latitude=0.0, longitude=0.0)
    assert desk.sends() == 2
    assert [body["location"] for body in bodies(desk)] == [
        {"latitude": 25.0, "longitude": 121.5, "name": "Shop"},
        {"latitude": 0.0, "longitude": 0.0},
    ]


def test_a_template_goes_out_by_name_and_shows_the_text_it_stands_for(desk: Desk):
    template = {"name": "hello_world", "language": "en_US", "text": "Welcome!"}
    sent = send_template(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", template=template)
    desk.sends()
    assert state(sent) == ("accepted", "")
    assert bodies(desk)[0]["template"] == {"name": "hello_world", "language": {"code": "en_US"}}
    assert fresh(sent).content["text"] == "Welcome!"


def test_a_template_that_is_not_there_fails_with_its_reason(desk: Desk):
    template = {"name": "never_made", "language": "en_US"}
    sent = send_template(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", template=template)
    desk.sends()
    assert state(sent) == ("failed", "132001")


# --- once


def test_the_same_client_ref_twice_is_one_message_and_one_call(desk: Desk):
    first = desk.answers("Yes", ref="abc")
    again = desk.answers("Yes, but typed differently", ref="abc")
    assert again.pk == first.pk and again.repeated and not first.repeated
    desk.sends()
    assert desk.answers("Yes", ref="abc").pk == first.pk
    assert desk.sends() == 0
    assert desk.sent() == ["Yes"]


def test_a_client_ref_counts_within_its_conversation(desk: Desk):
    other = thread(desk.shop)
    assert desk.answers("Yes", ref="abc").pk != desk.answers("Yes", ref="abc", talk=other).pk


def test_a_reaction_with_a_client_ref_used_before_changes_nothing(desk: Desk):
    (question,) = messages(desk.talk)
    for emoji in ("👍", "👎"):
        react(
            by=desk.cast.access("ben"),
            conversation_id=desk.talk.pk,
            client_ref="1",
            message_id=question.pk,
            emoji=emoji,
        )
    desk.sends()
    assert [body["reaction"]["emoji"] for body in bodies(desk)] == ["👍"]


@pytest.mark.parametrize("ref", ["", "x" * 65])
def test_a_client_ref_that_is_none_is_refused(desk: Desk, ref: str):
    with pytest.raises(Refusal) as refused:
        send_text(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref=ref, text="Yes")
    assert refused.value.field == "client_ref"
    assert len(messages(desk.talk)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_one_conversation_make_one_call_per_message_in_order(desk: Desk):
    for number in range(8):
        desk.answers(str(number))
    together(lambda: deliver(desk.talk.pk), 4)
    while desk.sends():
        pass  # a worker that lost the claim left the rest to the one that won
    assert desk.sent() == [str(number) for number in range(8)]
    assert {row.attempts for row in messages(desk.talk) if row.direction == "out"} == {1}


@pytest.mark.django_db(transaction=True)
def test_one_message_is_claimed_by_exactly_one_of_many(desk: Desk):
    desk.answers()
    claimed = together(lambda: claim_next(conversation_id=desk.talk.pk), 8)
    assert len([one for one in claimed if one is not None]) == 1


@pytest.mark.django_db(transaction=True)
def test_one_click_that_arrives_many_times_at_once_is_one_message(desk: Desk):
    access = desk.cast.access("ben")
    sent = together(lambda: send_text(by=access, conversation_id=desk.talk.pk, client_ref="1", text="Yes").pk, 6)
    assert len(set(sent)) == 1
    assert len(messages(desk.talk, direction="out")) == 1


def together(work, times: int) -> list:
    start, results = threading.Barrier(times), []

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        finally:
            connections.close_all()

    workers = [threading.Thread(target=run) for _ in range(times)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return results


def test_while_one_is_on_its_way_the_next_waits(desk: Desk):
    desk.answers("1")
    desk.answers("2")
    assert claim_next(conversation_id=desk.talk.pk) is not None
    assert claim_next(conversation_id=desk.talk.pk) is None and desk.sends() == 0


def test_a_message_not_yet_due_holds_back_those_behind_it(desk: Desk):
    first = desk.answers("1")
    desk.answers("2")
    first.due_at = timezone.now() + timedelta(seconds=60)
    first.save()
    assert desk.sends() == 0 and desk.sent() == []


# --- what answering does to the conversation


def test_answering_takes_an_unassigned_conversation_and_ends_the_waiting(desk: Desk):
    answer = desk.answers()
    talk = fresh(desk.talk)
    assert (talk.assignee_id, talk.waiting_since, talk.last_message_id) == (desk.cast.ben.pk, None, answer.pk)
    assert talk.last_activity_at == answer.at
    assert fresh(answer).case.first_reply_at == answer.at


def test_a_house_that_does_not_want_that_leaves_it_unassigned(desk: Desk):
    InboxPolicy.objects.create(pk=1, assign_on_reply=False)
    from security.policy import Policy

    Policy.forget()
    desk.answers()
    assert fresh(desk.talk).assignee_id is None


def test_answering_a_resolved_conversation_reopens_it(desk: Desk):
    from inbox.actions.resolutions import resolve_conversation

    resolve_conversation(by=desk.cast.access("ben"), conversation_id=desk.talk.pk)
    desk.answers()
    talk = fresh(desk.talk)
    assert (talk.state, talk.case_count) == ("open", 1)


@pytest.mark.parametrize(
    ("text", "code"), [("", "text_missing"), ("  \n", "text_missing"), ("x" * 4097, "text_too_long")]
)
def test_a_text_whatsapp_would_not_take_is_refused_and_not_stored(desk: Desk, text: str, code: str):
    with pytest.raises(Refusal) as refused:
        send_text(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", text=text)
    assert (refused.value.code, refused.value.field) == (code, "text")
    assert len(messages(desk.talk)) == 1


def test_the_longest_text_is_taken(desk: Desk):
    desk.answers("長" * 4096, ref="long")
    assert desk.sends() == 1 and len(desk.sent()[0]) == 4096
