import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from knox.crypto import hash_token

from inbox.demo.accounts import DemoAccount, demo_accounts, follow_secrets, known_password
from inbox.models import Conversation
from security.models import ApiKey, User
from tests.inbox.demo.conftest import PASSWORD


def info() -> dict:
    out = StringIO()
    call_command("demo_info", "--json", stdout=out)
    return json.loads(out.getvalue())


def get(path: str, account: DemoAccount) -> Any:
    client = Client(headers={"authorization": f"Api-Key {account.api_key}", "accept-language": "en"})
    return client.get(f"/api/v1/{path}")


def account(name: str):
    return next(one for one in demo_accounts() if one.email == f"{name}@kefu.demo")


def make_it_a_real_installation() -> None:
    for person in User.objects.all():
        User.objects.filter(pk=person.pk).update(email=f"{person.pk}@shop.example")


def test_all_levels_and_regions_are_there(world):
    found = {one.email.split("@")[0]: (one.level, set(one.regions)) for one in demo_accounts()}
    assert found == {
        "ana": ("admin", {"亞洲", "歐洲", "美洲"}),
        "ben": ("agent", {"亞洲"}),
        "cho": ("agent", {"歐洲"}),
        "dee": ("supervisor", {"亞洲", "歐洲"}),
        "eli": ("observer", {"亞洲"}),
        "fay": ("senior", {"亞洲"}),
        "gus": ("agent", {"美洲"}),
        "ina": ("agent", {"亞洲"}),
        "joy": ("agent", {"亞洲"}),
        "hal": ("senior", {"美洲", "歐洲"}),
    }


def test_finance_sees_what_is_marked_and_nothing_else(world):
    rows = Conversation.objects.for_system("comparing with what is shown").exclude(payment_marked_at=None)
    assert get("conversations/counts", account("joy")).json()["all"] == rows.filter(region__code="asia").count() == 4


def test_the_password_opens_the_door(world):
    client = Client(enforce_csrf_checks=False)
    body = {"email": "cho@kefu.demo", "password": PASSWORD}
    answer = client.post("/api/v1/session", body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["user"]["language"] == "en"


def test_an_api_key_acts_as_its_owner_and_is_stored_as_a_digest(world):
    ben = account("ben")
    assert get("me", ben).json()["email"] == "ben@kefu.demo"
    key = ApiKey.objects.get(user__email="ben@kefu.demo")
    assert key.digest == hash_token(ben.api_key)
    assert ben.api_key not in {str(value) for value in key.__dict__.values()}


def test_a_changed_api_key_opens_nothing(world):
    ben = account("ben")
    client = Client(headers={"authorization": f"Api-Key {ben.api_key[:-1]}x"})
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("name", ["ana", "ben", "cho", "dee", "eli", "fay", "gus", "hal"])
def test_everybody_sees_exactly_their_regions(world, name):
    person = User.objects.get(email=f"{name}@kefu.demo")
    own = set(person.regions.values_list("pk", flat=True))
    counts = get("conversations/counts", account(name)).json()
    rows = Conversation.objects.for_system("comparing with what is shown")
    theirs = rows.filter(region_id__in=own).exclude(state="binned")
    assert counts["all"] + counts["snoozed"] + counts["resolved"] == theirs.count() > 0
    foreign = rows.exclude(region_id__in=own).first()
    if foreign is not None:
        assert get(f"conversations/{foreign.pk}", account(name)).status_code == 404


def test_lists_threads_and_contacts_are_shown(world):
    ben = account("ben")
    listed = get("conversations?view=mine", ben).json()["results"]
    assert listed and all(row["assignee"]["name"] == "Ben" for row in listed)
    messages = get(f"conversations/{listed[0]['id']}/messages", ben).json()["results"]
    assert messages[0]["id"] == listed[0]["last_message"]["id"]
    contact = get(f"contacts/{listed[0]['contact']['id']}", ben).json()
    assert contact["name"] == listed[0]["contact"]["name"]


def test_demo_info_says_all_that_programs_need(world):
    said = info()
    assert set(said) == {"base_url", "simulator_url", "accounts", "channels"}
    assert set(said["accounts"][0]) == {"email", "password", "level", "regions", "api_key", "besides"}
    assert set(said["channels"][0]) == {
        "id", "name", "region", "webhook_url", "phone_number_id", "waba_id",
        "app_secret", "verify_token", "access_token",
    }  # fmt: skip
    assert len(said["accounts"]) == 10 and len(said["channels"]) == 5
    assert said["accounts"][0]["password"] == PASSWORD


def test_demo_info_can_be_read_by_people(world):
    out = StringIO()
    call_command("demo_info", stdout=out)
    assert "ben@kefu.demo" in out.getvalue() and PASSWORD in out.getvalue()
    lines = {line.split("@")[0].strip(): line for line in out.getvalue().splitlines() if "@kefu.demo" in line}
    for words in ("trainee", "mentor", "finance", "marketing sender"):
        assert any(words in line for line in lines.values()), words
    assert "finance" in lines["joy"] and "trainee" in lines["ina"]


def test_a_second_seeding_is_refused(world):
    with pytest.raises(CommandError, match="already has people"):
        call_command("seed_demo")


def test_outside_a_demo_world_there_are_no_accounts(world):
    make_it_a_real_installation()
    assert demo_accounts() == []
    with pytest.raises(CommandError, match="not a demo world"):
        call_command("demo_info")


def test_the_password_is_kept_for_its_owner_only(world):
    assert known_password() == PASSWORD
    assert (world / "demo_password").stat().st_mode & 0o777 == 0o600


def test_another_configured_password_replaces_the_old_one_at_the_next_start(world):
    try:
        with override_settings(KEFU_DEMO_PASSWORD="another demo password"):
            follow_secrets()
            assert {one.password for one in demo_accounts()} == {"another demo password"}
            assert User.objects.get(email="ben@kefu.demo").check_password("another demo password")
    finally:
        (world / "demo_password").write_text(PASSWORD)


def test_keys_follow_a_new_secret_key(world):
    with override_settings(SECRET_KEY="another secret key of the same installation"):
        before = account("ben")
        assert get("me", before).status_code == 401
        follow_secrets()
        assert get("me", before).json()["email"] == "ben@kefu.demo"
