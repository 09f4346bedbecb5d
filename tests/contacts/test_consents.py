"""The register of what people agreed to: it only grows, and the newest word holds (CM-8)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.models import ConsentEntry, Contact
from inbox.models import Conversation
from security.live.store import events_after
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, thread
from tests.worlds.webhooks import message, says

MEI = customer("Mei Lin")


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia), MEI)


def record(cast: Cast, talk: Conversation, name: str = "ben", **fields: Any) -> Any:
    body = {"purpose": "storage", "given": True, "source": "paper", "at": timezone.now().isoformat(), **fields}
    path = f"/api/v1/contacts/{talk.contact_id}/consents"
    return cast.browser(name).post(path, body, content_type="application/json")


def register(cast: Cast, talk: Conversation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        cast.browser("eli").get(f"/api/v1/contacts/{talk.contact_id}/consents").json()["results"]
    )
    return found


def test_a_line_says_what_when_how_we_know_and_who_wrote_it_down(cast: Cast, talk: Conversation):
    answer = record(cast, talk, evidence="Form 12")
    assert answer.status_code == 201
    (line,) = register(cast, talk)
    assert (line["purpose"], line["given"], line["source"], line["evidence"]) == ("storage", True, "paper", "Form 12")
    assert line["recorded_by"]["name"] == "Ben" and line["holds"]


def test_the_newest_of_each_purpose_holds_however_late_it_is_written_down(cast: Cast, talk: Conversation):
    record(cast, talk, given=False)
    record(cast, talk, given=True, at=(timezone.now() - timedelta(days=3)).isoformat())
    record(cast, talk, purpose="sharing")
    assert [(one["purpose"], one["given"], one["holds"]) for one in register(cast, talk)] == [
        ("sharing", True, True),
        ("storage", False, True),
        ("storage", True, False),
    ]


def test_a_line_is_neither_changed_nor_deleted(cast: Cast, talk: Conversation):
    record(cast, talk)
    rows = ConsentEntry.objects.for_system("the test")
    for deed in (lambda: rows.update(given=False), rows.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    assert register(cast, talk)[0]["given"]


def test_marketing_by_hand_counts_like_a_word_to_whatsapp(cast: Cast, talk: Conversation):
    record(cast, talk, purpose="marketing", given=False)
    assert fresh(talk.contact).marketing_stopped_at is not None
    record(cast, talk, purpose="marketing", given=True, evidence="Form 12", resume=True)
    assert fresh(talk.contact).marketing_stopped_at is None
    assert len(register(cast, talk)) == 2


def test_marketing_needs_evidence(cast: Cast, talk: Conversation):
    answer = record(cast, talk, purpose="marketing", evidence="  ")
    assert (answer.status_code, answer.json()["field"]) == (400, "evidence")
    assert record(cast, talk, purpose="marketing", given=False).status_code == 201
    assert len(register(cast, talk)) == 1


def test_a_stop_is_overridden_only_by_whoever_knows_of_it(cast: Cast, talk: Conversation):
    record(cast, talk, purpose="marketing", given=False)
    refused = record(cast, talk, purpose="marketing", evidence="Form 12")
    assert (refused.status_code, refused.json()["code"]) == (409, "resumes_marketing")
    assert fresh(talk.contact).marketing_stopped_at is not None and len(register(cast, talk)) == 1


def test_what_they_said_before_they_stopped_it_resumes_nothing(cast: Cast, talk: Conversation):
    record(cast, talk, purpose="marketing", given=False)
    week = (timezone.now() - timedelta(days=7)).isoformat()
    assert record(cast, talk, purpose="marketing", evidence="Form 12", at=week).status_code == 201
    assert fresh(talk.contact).marketing_stopped_at is not None
    assert [(line["given"], line["holds"]) for line in register(cast, talk)] == [(False, True), (True, False)]


def test_a_clock_that_is_a_little_ahead_is_forgiven(cast: Cast, talk: Conversation):
    answer = record(cast, talk, at=(timezone.now() + timedelta(seconds=40)).isoformat())
    assert answer.status_code == 201 and answer.json()["at"] <= timezone.now().isoformat()


def test_who_writes_that_they_want_no_marketing_stands_in_it_by_themselves(cast: Cast, talk: Conversation):
    says(talk.channel, MEI, message(MEI, "button", {"text": "Stop promotions", "payload": "stop"}))
    (line,) = register(cast, talk)
    assert (line["purpose"], line["given"], line["source"], line["recorded_by"]) == (
        "marketing", False, "message", None,
    )  # fmt: skip
    says(talk.channel, MEI, message(MEI, "button", {"text": "Stop promotions", "payload": "stop"}))
    assert len(register(cast, talk)) == 1, "a repetition is nothing new"


def test_nobody_agrees_in_the_future(cast: Cast, talk: Conversation):
    answer = record(cast, talk, at=(timezone.now() + timedelta(hours=1)).isoformat())
    assert (answer.status_code, answer.json()["field"]) == (400, "at")


@pytest.mark.parametrize("field", ["purpose", "source"])
def test_only_known_words(cast: Cast, talk: Conversation, field: str):
    assert record(cast, talk, **{field: "whatsapp"}).json()["field"] == field


def test_observers_read_it_and_do_not_write(cast: Cast, talk: Conversation):
    assert record(cast, talk, name="eli").status_code == 403
    assert record(cast, talk, name="cho").status_code == 404


def test_open_cards_hear_of_it(cast: Cast, talk: Conversation):
    record(cast, talk)
    told = events_after(f"region:{cast.asia.pk}", 0)[-1]
    assert told.kind == "consent.recorded" and str(talk.contact_id) in str(told.payload)


def test_a_hold_needs_a_reason_and_begins_and_ends_once(cast: Cast, talk: Conversation):
    dee, path = cast.browser("dee"), f"/api/v1/contacts/{talk.contact_id}/hold"

    def hold(reason: str) -> int:
        return int(dee.post(path, {"reason": reason}, content_type="application/json").status_code)

    assert (hold("  "), hold("A court asks")) == (400, 201)
    assert dee.get(f"/api/v1/contacts/{talk.contact_id}").json()["held_at"]
    assert (dee.delete(path).status_code, dee.delete(path).status_code) == (204, 204)
    (told,) = dee.get(path).json()["results"]
    assert told["reason"] == "A court asks" and told["released_by"]["name"] == "Dee"
    assert Contact.objects.for_system("the test").get().held_at is None
