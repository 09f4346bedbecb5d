"""With a word of their own people stop marketing at once, and are told so once; nobody who may not gets any (SR-2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contacts.actions.consent_import import ConsentLine, record_consents
from contacts.consent.marketing import MarketingFacts, marketing_refusal
from contacts.consent.words import START, STOP, compiled
from contacts.models import ConsentEntry
from inbox.models import Conversation, Message
from security.errors import Refusal
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, messages, thread
from tests.worlds.webhooks import message, says

MEI = customer("Mei Lin")


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia), MEI)


def writes(talk: Conversation, text: str) -> None:
    says(talk.channel, MEI, message(MEI, "text", text))


def register(talk: Conversation) -> list[tuple[bool, str, str]]:
    rows = ConsentEntry.objects.for_system("the test").filter(contact=talk.contact).order_by("at", "id")
    return [(row.given, row.source, row.evidence) for row in rows]


def answers(talk: Conversation) -> list[Message]:
    return messages(talk, direction="out")


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("停止", STOP), ("退訂", STOP), ("取消订阅。", STOP), ("不要再傳", STOP), ("ＳＴＯＰ!", STOP),
        ("  stop ", STOP),
        ("s t o p", STOP), ("Unsubscribe", STOP), ("停\u200b止", STOP), ("STOP 🙏", STOP), ("수신거부", STOP),
        ("訂閱", START), ("订阅", START), ("Start", START),
        ("停止出貨", ""), ("請停止出貨", ""), ("stop the order please", ""), ("我要退訂單", ""), ("拒收", ""),
        ("", ""), ("👍", ""),
    ],
)  # fmt: skip
def test_only_a_message_that_is_nothing_else_counts_however_it_is_spelled(said: str, way: str):
    assert compiled(None).way_of([said]) == way


def test_a_stop_holds_at_once_and_is_confirmed_once_and_a_start_takes_it_back(cast: Cast, talk: Conversation):
    for text in ("停止", "STOP", "退訂"):
        writes(talk, text)
    assert fresh(talk.contact).marketing_stopped_at is not None
    assert register(talk) == [(False, "message", "停止")], "a repetition is nothing new; the message is the proof"
    (confirmed,) = answers(talk)
    assert "停止行銷" in confirmed.content["text"] and confirmed.status == "queued" and confirmed.author_id is None
    assert fresh(talk).waiting_since is not None, "Kefu's own word is no answer"
    writes(talk, "START")
    assert fresh(talk.contact).marketing_stopped_at is None and len(answers(talk)) == 2
    assert "Reply STOP" in answers(talk)[-1].content["text"]


def test_an_ordinary_sentence_stops_nothing(talk: Conversation):
    writes(talk, "請幫我停止出貨")
    assert register(talk) == [] and answers(talk) == []


def test_supervisors_change_the_words_and_whether_it_is_confirmed(cast: Cast, talk: Conversation):
    reply = {"zh": "好", "en": "Done"}
    body: dict[str, Any] = {"stop_words": ["別煩我"], "start_words": ["再來"], "confirms": False}
    body["replies"] = {"stop": reply, "start": reply}
    path, dee = f"/api/v1/regions/{cast.asia.pk}/consent", cast.browser("dee")
    assert dee.put(path, body, content_type="application/json").status_code == 200
    both = dee.put(path, {**body, "start_words": ["别烦我"]}, content_type="application/json")
    assert both.json()["field"] == "start_words"
    assert cast.browser("ben").put(path, body, content_type="application/json").status_code == 403
    writes(talk, "停止")
    assert register(talk) == []
    writes(talk, "别烦我！")
    assert len(register(talk)) == 1 and answers(talk) == []


def test_many_consents_are_brought_each_by_itself(cast: Cast, talk: Conversation):
    says(talk.channel, MEI, message(MEI, "text", "停止", ago=60))
    now, other = timezone.now(), thread(talk.channel, customer("Ann"))
    elsewhere = thread(channel(cast.europe), customer("Cora"))

    def line(contact_id: Any, proof: str, at: Any = now) -> ConsentLine:
        return ConsentLine(contact_id, given=True, at=at, evidence=proof)

    lines = [
        line(talk.contact_id, "Form 1"),  # after their stop: somebody must know that it resumes it
        line(talk.contact_id, "Form 1", now - timedelta(days=3)),  # before it: written down, resumes nothing
        line(other.contact_id, "Form 2"),
        line(other.contact_id, "Form 2"),
        line(other.contact_id, "", now - timedelta(days=1)),
        line(elsewhere.contact_id, "Form 3"),
    ]
    got = record_consents(by=cast.access("ben"), lines=lines)
    assert [one.code if isinstance(one, Refusal) else one.source for one in got] == [
        "resumes_marketing", "import", "import", "import", "required", "not_found",
    ]  # fmt: skip
    assert got[2] == got[3], "what is brought twice is one line"
    assert fresh(talk.contact).marketing_stopped_at and not fresh(other.contact).marketing_stopped_at
    again = record_consents(by=cast.access("ben"), lines=lines[1:3])
    assert again == got[1:3]


def test_a_line_is_proved_by_a_file_that_goes_out_as_a_download(cast: Cast, talk: Conversation):
    from django.core.files.uploadedfile import SimpleUploadedFile

    ben = cast.browser("ben")
    path = f"/api/v1/contacts/{talk.contact_id}/consents"
    line = {
        "purpose": "marketing",
        "given": True,
        "source": "paper",
        "at": timezone.now().isoformat(),
        "evidence": "12",
    }
    entry = ben.post(path, line, content_type="application/json").json()["id"]
    upload: dict[str, Any] = {"file": SimpleUploadedFile("表單.pdf", b"%PDF-1.4 signed")}
    assert ben.post(f"{path}/{entry}/proof", {"file": SimpleUploadedFile("x.svg", b"<svg>\x00")}).status_code == 415
    assert ben.post(f"{path}/{entry}/proof", upload).status_code == 201
    (told,) = ben.get(path).json()["results"]
    assert told["proof"]["name"] == "表單.pdf"
    got = cast.browser("eli").get(f"{path}/{entry}/proof")
    assert b"signed" in got.content and got["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("told", [None, "at"])
@pytest.mark.parametrize("stopped", [None, "at"])
@pytest.mark.parametrize("suppressed", [None, "at"])
@pytest.mark.parametrize("needed", [True, False])
def test_the_predicate(told: Any, stopped: Any, suppressed: Any, needed: bool):
    now = timezone.now()
    facts = MarketingFacts(told and now, stopped and now, suppressed and now, needed)
    may = not stopped and not suppressed and (told is not None or not needed)
    assert (marketing_refusal(facts) == "") == may
