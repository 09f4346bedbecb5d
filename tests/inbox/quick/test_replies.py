"""Canned replies shared, changed, restored, counted, and as a conversation needs them (CM-7)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inbox.actions.canned_replies import add_canned_reply
from inbox.actions.prepared import forget_deleted
from inbox.actions.reply_uses import count_use
from inbox.models import CannedReply, Channel, Conversation, InboxPolicy, ReplyUse
from security.actions.teams import add_team
from security.actions.traineeships import start_traineeship
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call
from tests.worlds.customers import customer
from tests.worlds.threads import logged, messages, thread

PATH = "canned-replies"


def add(cast: Cast, name: str, **more: Any) -> Any:
    body = {"shortcut": "hi", "text": "Hello {contact.name}", **more}
    return call(cast.browser(name), "post", PATH, body)


def change(cast: Cast, name: str, pk: str, **more: Any) -> Any:
    return call(cast.browser(name), "put", f"{PATH}/{pk}", {"shortcut": "hi", "text": "Hello", **more})


def shortcuts(cast: Cast, name: str) -> list[str]:
    return [row["shortcut"] for row in cast.browser(name).get(f"/api/v1/{PATH}").json()["results"]]


def test_seniors_share_agents_do_not(cast: Cast):
    assert add(cast, "ben", region_id=cast.asia.pk).status_code == 403
    assert add(cast, "fay", region_id=cast.europe.pk).status_code == 404
    shared = add(cast, "fay", region_id=cast.asia.pk).json()
    assert (shared["mine"], shared["region_id"], shared["editable"]) == (False, cast.asia.pk, True)
    assert shortcuts(cast, "ben") == shortcuts(cast, "eli") == ["hi"] and shortcuts(cast, "cho") == []
    assert change(cast, "ben", shared["id"]).status_code == 403
    assert change(cast, "cho", shared["id"]).status_code == 404


def test_a_trainee_writes_their_own_and_shares_nothing(cast: Cast):
    start_traineeship(by=BY, user=cast.fay)
    assert add(cast, "fay").status_code == 201
    assert add(cast, "fay", shortcut="ho", region_id=cast.asia.pk).status_code == 403


def test_an_own_one_is_shared_and_taken_back(cast: Cast):
    mine = add(cast, "fay").json()["id"]
    assert shortcuts(cast, "ben") == []
    assert change(cast, "fay", mine, region_id=cast.asia.pk).json()["region_id"] == cast.asia.pk
    assert shortcuts(cast, "ben") == ["hi"]
    assert change(cast, "fay", mine).json()["mine"] is True
    assert shortcuts(cast, "ben") == []
    (line,) = [one for one in logged("canned_reply.changed") if "place" in one.details][:1]
    assert line.details["place"][0] is None or line.details["place"][1] is None


def test_the_same_shortcut_in_two_languages_is_two_variants(cast: Cast):
    assert add(cast, "ben", language="en").status_code == 201
    assert add(cast, "ben", language="zh-hant", text="您好").status_code == 201
    again = add(cast, "ben", language="en")
    assert (again.status_code, again.json()["code"]) == (409, "shortcut_taken")


def test_deleting_is_taken_back_unless_the_shortcut_was_taken(cast: Cast):
    mine = add(cast, "ben").json()["id"]
    ben = cast.browser("ben")
    assert ben.delete(f"/api/v1/{PATH}/{mine}").status_code == 204
    assert shortcuts(cast, "ben") == []
    assert call(cast.browser("fay"), "post", f"{PATH}/{mine}/restore").status_code == 404
    assert call(ben, "post", f"{PATH}/{mine}/restore").json()["shortcut"] == "hi"
    ben.delete(f"/api/v1/{PATH}/{mine}")
    add(cast, "ben")
    taken = call(ben, "post", f"{PATH}/{mine}/restore")
    assert (taken.status_code, taken.json()["code"]) == (409, "shortcut_taken")
    assert CannedReply.objects.for_system("the test").get(pk=mine).deleted_at is not None


def test_what_nobody_restores_goes_for_good(cast: Cast):
    mine = add(cast, "ben").json()["id"]
    cast.browser("ben").delete(f"/api/v1/{PATH}/{mine}")
    assert forget_deleted() == 0
    CannedReply.objects.for_system("the test").update(deleted_at="2020-01-01T00:00:00Z")
    assert forget_deleted() == 1 and not CannedReply.objects.for_system("the test").exists()


WRONG = [
    ({"text": "Hi {contact.nmae}"}, "text"),
    ({"buttons": ["a", "a"]}, "buttons"),
    ({"buttons": ["a", "b", "c", "d"]}, "buttons"),
    ({"language": "not a language"}, "language"),
    ({"team_id": 99, "region_id": "asia"}, "team_id"),
    ({"channel_id": "00000000-0000-0000-0000-000000000000"}, "channel_id"),
]


@pytest.mark.parametrize(("fields", "field"), WRONG)
def test_what_is_odd_is_refused_at_its_field(cast: Cast, fields: dict[str, Any], field: str):
    if fields.get("region_id") == "asia":
        fields = {**fields, "region_id": cast.asia.pk}
    answer = add(cast, "fay", **fields)
    assert (answer.status_code, answer.json()["field"].partition(".")[0]) == (400, field)


def test_there_are_no_more_than_the_policy_says(cast: Cast):
    InboxPolicy.objects.create(pk=1, prepared_most=10)
    InboxPolicy.forget()
    for number in range(10):
        add(cast, "ben", shortcut=f"r{number}")
    assert add(cast, "ben", shortcut="more").json()["code"] == "too_many_prepared"
    assert add(cast, "fay", shortcut="more").status_code == 201


def test_a_sent_one_is_counted_once_for_whoever_sent_it(cast: Cast, talk: Conversation):
    reply = add_canned_reply(by=cast.access("ben"), shortcut="hi", text="Hello")
    body = {"type": "text", "text": "Hello", "client_ref": "1", "canned_reply": str(reply.pk)}
    assert call(cast.browser("ben"), "post", f"conversations/{talk.pk}/messages", body).status_code == 201
    sent = messages(talk)[-1]
    for _ in range(2):
        count_use(reply_id=reply.pk, person_id=cast.ben.pk, message_id=sent.pk)
    assert ReplyUse.objects.for_system("the test").get().times == 1
    (shown,) = cast.browser("ben").get(f"/api/v1/{PATH}").json()["results"]
    assert (shown["times"], shown["my_times"]) == (1, 1)


def test_one_with_a_variable_left_does_not_leave(cast: Cast, talk: Conversation):
    reply = add_canned_reply(by=cast.access("ben"), shortcut="hi", text="Order {order.number}")
    body = {"type": "text", "text": "Order {order.number}", "client_ref": "1", "canned_reply": str(reply.pk)}
    answer = call(cast.browser("ben"), "post", f"conversations/{talk.pk}/messages", body)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "variable_missing", "text")
    assert len(messages(talk)) == 1


def test_a_conversation_ranks_them_and_fills_them_in(cast: Cast, shop: Channel):
    for shortcut, text in (("zhi", "您好 {contact.name}"), ("ship", "Parcels leave in two days"), ("bye", "Goodbye")):
        add(cast, "ben", shortcut=shortcut, text=text)
    talk = thread(shop, customer("Mei Lin"), "Where are my parcels? Order 20260311")
    found = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}/replies").json()
    assert found["results"][0]["shortcut"] == "ship" and "words" in found["results"][0]["why"]
    assert found["suggested"][0] == found["results"][0]["id"]
    assert (found["values"]["contact.name"], found["offers"]["order.number"]) == ("Mei Lin", ["20260311"])
    assert found["greeting"] == "Hello Mei Lin, "
    body = {"type": "text", "text": "Hi", "client_ref": "1"}
    call(cast.browser("ben"), "post", f"conversations/{talk.pk}/messages", body)
    assert cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}/replies").json()["greeting"] == ""
    assert cast.browser("cho").get(f"/api/v1/conversations/{talk.pk}/replies").status_code == 404


def test_a_teams_reply_is_found_first_by_its_people(cast: Cast, talk: Conversation):
    team = add_team(by=BY, region=cast.asia, name="Returns", people=[cast.ben.pk])
    for shortcut, team_id in (("a", None), ("b", team.pk)):
        add(cast, "fay", shortcut=shortcut, text="Hello", region_id=cast.asia.pk, team_id=team_id)

    def first(name: str) -> str:
        return cast.browser(name).get(f"/api/v1/conversations/{talk.pk}/replies").json()["results"][0]["shortcut"]

    assert (first("ben"), first("fay")) == ("b", "a")


def sheet(cast: Cast, name: str, text: str, **more: Any) -> Any:
    body = {"file": SimpleUploadedFile("replies.csv", text.encode("utf-8-sig")), **more}
    return cast.browser(name).post(f"/api/v1/{PATH}/import", body)


def test_what_is_exported_is_harmless_and_comes_back_the_same(cast: Cast):
    add(cast, "ben", text="=HYPERLINK(1)", title="+1", buttons=["Yes", "No"])
    add(cast, "fay", shortcut="all", region_id=cast.asia.pk)
    told = cast.browser("ben").get(f"/api/v1/{PATH}/export").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in told and "'+1" in told and ",asia," in told
    again = sheet(cast, "ben", "\n".join(line for line in told.splitlines() if ",asia," not in line)).json()
    assert again == {"added": 0, "changed": 0, "same": 1, "odd": []}


def test_a_file_is_taken_whole_or_not_at_all(cast: Cast):
    text = "shortcut,text,region\nhi,Hello,\nho,Hello {nobody.knows},\nall,For all,asia\n"
    told = sheet(cast, "ben", text).json()
    assert [(odd["line"], odd["field"]) for odd in told["odd"]] == [(3, "text"), (4, "")]
    assert told["added"] == 1 and shortcuts(cast, "ben") == []
    good = text.replace("{nobody.knows}", "{contact.name}")
    assert sheet(cast, "fay", good, look="true").json()["added"] == 3 and shortcuts(cast, "fay") == []
    assert sheet(cast, "fay", good).json()["added"] == 3 and shortcuts(cast, "fay") == ["all", "hi", "ho"]
    assert sheet(cast, "fay", good.replace("Hello,", "Hallo,", 1)).json()["changed"] == 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"nothing,here\n1,2\n", b"", b'shortcut,text\n"x'])
def test_what_is_no_such_file_is_refused(cast: Cast, content: bytes):
    answer = cast.browser("ben").post(f"/api/v1/{PATH}/import", {"file": SimpleUploadedFile("a.csv", content)})
    assert (answer.status_code, answer.json()["field"]) == (400, "file")
