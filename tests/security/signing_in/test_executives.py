"""The executives' own way in: a passkey and nothing else, from addresses on their list and no others."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from security.account_errors import (
    ExecutiveFirst,
    ExecutivePasskeyMissing,
    ExecutivesUnlisted,
    FactorMissing,
    FactorNeeded,
    LastOrdinaryAdmin,
)
from security.actions.allowlist import allow_address, disallow_address
from security.actions.executives import mark_executive, unmark_executive
from security.actions.factors import reset_factor
from security.actions.levels import set_level
from security.actions.mails import send_due_mails
from security.actions.password_resets import mail_reset_link, reset_link_parts
from security.actions.session_ends import end_sessions_outside
from security.errors import LocksYouOut, NotAllowed, OwnAccess
from security.models import AllowedAddress, BrowserSession, KnownDevice, Operation, SignInGuard, User
from security.models.allowed_address import EVERYBODY, EXECUTIVES
from security.network.allowlist import forget_lists
from security.origin import Origin, coming_from
from security.signing_in.trust import trust_days
from tests.conftest import BY, PASSWORD, Cast
from tests.security.signing_in.conftest import SESSION, Stranger
from tests.security.signing_in.test_passkeys import ME, add, post, show
from tests.worlds.browsers import TAIPEI, TOKYO, browser, row_of
from tests.worlds.factors import fresh_access
from tests.worlds.passkeys import SoftPasskey
from tests.worlds.threads import logged

WAY = f"{SESSION}/executive"


def listed(network: str = TAIPEI, **more: Any) -> AllowedAddress:
    return allow_address(by=BY, name="Head office", network=network, group=EXECUTIVES, **more)


@pytest.fixture
def key(cast: Cast) -> SoftPasskey:
    """Ben's."""
    passkey = SoftPasskey()
    add(cast.browser("ben"), passkey)
    return passkey


@pytest.fixture
def ben(cast: Cast, key: SoftPasskey) -> User:
    """An executive."""
    listed()
    mark_executive(by=BY, user=cast.ben, reason="Runs the house")
    return User.objects.get(pk=cast.ben.pk)


def come(passkey: SoftPasskey, ip: str = TAIPEI) -> tuple[Client, Any]:
    client = browser(ip)
    asked = post(client, f"{WAY}/options")
    if asked.status_code != 200:
        return client, asked
    return client, post(client, WAY, credential=passkey.show(asked.json()["options"]))


def inside(passkey: SoftPasskey) -> Client:
    client, came = come(passkey)
    assert came.status_code == 200 and came.json()["user"]["name"] == "Ben", came.content
    return client


def test_they_come_in_by_their_own_way(ben: User, key: SoftPasskey):
    client = inside(key)
    assert client.get("/api/v1/me").status_code == 200 and row_of(client).how == "passkey"
    assert logged("session.started")[-1].details["shown"] == ["passkey"]


@pytest.mark.parametrize("ip", [TOKYO, "", "10.0.0.1"])
def test_from_no_other_address(ben: User, key: SoftPasskey, ip: str):
    client, came = come(key, ip)
    assert (came.status_code, came.json()["code"]) == (403, "address_refused")
    assert client.get("/api/v1/me").status_code == 401


def test_without_any_row_their_way_is_shut_to_everybody(ben: User, key: SoftPasskey):
    AllowedAddress.objects.all().delete()
    allow_address(by=BY, name="Office", network=TAIPEI, group=EVERYBODY)
    assert come(key)[1].json()["code"] == "address_refused", "everybody's rows are not theirs"


def test_the_options_name_nobodys_passkeys(ben: User):
    options = post(browser(), f"{WAY}/options").json()["options"]
    assert not options.get("allowCredentials")


def test_nobody_else_comes_in_that_way(cast: Cast, ben: User):
    passkey = SoftPasskey()
    add(cast.browser("fay"), passkey)
    client, came = come(passkey)
    assert (came.status_code, came.json()["code"]) == (403, "executives_only")
    assert client.get("/api/v1/me").status_code == 401


def test_no_password_is_taken_and_it_looks_like_a_wrong_one(cast: Cast, ben: User):
    """To the letter, in what is written down, and in what counts against the address."""
    right, wrong, nobody = (
        Stranger().sign_in(email, password)
        for email, password in (("ben@kefu.test", PASSWORD), ("fay@kefu.test", "guessed"), ("no@kefu.test", "guessed"))
    )
    assert right.status_code == wrong.status_code == nobody.status_code == 401
    assert right.json() == wrong.json() == nobody.json()
    assert set(right.headers) == set(wrong.headers)
    assert sorted(SignInGuard.objects.values_list("failures", flat=True)) == [1, 1, 1]
    lines = [line.details for line in logged("sign_in.refused")]
    assert lines[0] == lines[1] == lines[2]


def test_it_takes_the_same_steps_as_a_wrong_one(cast: Cast, ben: User):
    """As many questions to the database, and one password hashed each time."""
    counts = []
    for email, password in (("fay@kefu.test", "guessed"), ("ben@kefu.test", PASSWORD), ("ben@kefu.test", "guessed")):
        stranger = Stranger()
        stranger.client.get(SESSION)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            stranger.sign_in(email, password)
        counts.append([query["sql"].split()[0] for query in asked.captured_queries])
    assert counts[0] == counts[1] == counts[2]


def test_their_passkey_is_refused_on_the_ordinary_page_with_directions(ben: User, key: SoftPasskey):
    stranger = Stranger()
    refused = show(stranger, key)
    assert (refused.status_code, refused.json()["code"]) == (403, "executive_elsewhere")
    assert "/executive" in refused.json()["remedy"] and not stranger.is_in()


def test_a_passkey_that_proves_nothing_gets_no_directions(ben: User, key: SoftPasskey):
    """Whoever only knows its name learns nothing from it."""
    liar = SoftPasskey(credential_id=key.credential_id)
    assert show(Stranger(), liar).json()["code"] == "passkey_refused"
    assert come(liar)[1].json()["code"] == "passkey_refused"


def test_being_marked_ends_what_is_open_or_begun(cast: Cast, key: SoftPasskey):
    browsing, midway = cast.browser("ben"), Stranger()
    assert midway.sign_in().json()["step"]["name"] == "factor"
    listed()
    KnownDevice.objects.create(
        user=cast.ben, digest=b"1" * 32, first_seen_at=timezone.now(), last_seen_at=timezone.now(),
        trusted_until=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    mark_executive(by=BY, user=cast.ben, reason="Runs the house")
    assert browsing.get("/api/v1/me").status_code == 401
    assert show(midway, key).json()["code"] in ("passkey_refused", "executive_elsewhere")
    assert not midway.is_in() and not KnownDevice.objects.exclude(trusted_until=None).exists()


def test_their_requests_are_refused_once_the_address_leaves_the_list(ben: User, key: SoftPasskey):
    client = inside(key)
    client.defaults["REMOTE_ADDR"] = TOKYO
    assert client.get("/api/v1/me").json()["code"] == "address_refused", "a stolen cookie elsewhere"
    client.defaults["REMOTE_ADDR"] = TAIPEI
    assert client.get("/api/v1/me").status_code == 200
    listed("203.0.113.0/24")
    disallow_address(by=BY, row_id=AllowedAddress.objects.get(network=f"{TAIPEI}/32").pk)
    assert row_of(client).ended_why == "address"
    over = client.get("/api/v1/me")
    assert over.status_code in (401, 403) and logged("session.outside")[-1].about_id == ben.pk


def test_a_row_whose_time_is_over_ends_their_sessions(ben: User, key: SoftPasskey):
    client = inside(key)
    assert end_sessions_outside() == 0 and row_of(client).ended_at is None
    AllowedAddress.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert (end_sessions_outside(), end_sessions_outside()) == (1, 0)
    assert row_of(client).ended_why == "address"


def test_sessions_of_others_are_not_touched_by_the_list(cast: Cast, ben: User):
    cast.browser("fay")
    AllowedAddress.objects.all().delete()
    assert end_sessions_outside() == 0
    assert BrowserSession.objects.filter(user=cast.fay, ended_at=None).exists()


def test_a_forgotten_password_is_answered_with_their_way_in(cast: Cast, ben: User):
    User.objects.filter(pk=ben.pk).update(language="en")
    assert mail_reset_link("ben@kefu.test")
    send_due_mails()
    letter = mail.outbox[-1]
    assert "/executive" in letter.body and "reset-password" not in letter.body


def test_a_link_from_before_sets_no_password(cast: Cast, ben: User):
    who, token = reset_link_parts(ben)
    asked = Stranger().post("/api/v1/password-reset/confirm", who=who, token=token, password="Orchid-tumble-42!")
    assert (asked.status_code, asked.json()["code"]) == (410, "link_over")
    assert User.objects.get(pk=ben.pk).check_password(PASSWORD)


def test_their_last_passkey_cannot_be_taken_away(ben: User, key: SoftPasskey):
    client = inside(key)
    (row,) = client.get(ME).json()
    assert client.delete(f"{ME}/{row['id']}").json()["code"] == "last_passkey"
    with pytest.raises(ExecutiveFirst):
        reset_factor(by=BY, user=ben, reason="Lost")


def test_they_may_trust_no_browser(ben: User, key: SoftPasskey):
    assert trust_days(ben) == 0


def test_only_an_admin_with_a_fresh_factor_marks_with_a_reason(cast: Cast, key: SoftPasskey):
    listed()
    for name, refusal in (("dee", NotAllowed), ("ana", FactorMissing)):
        with pytest.raises(refusal):
            mark_executive(by=cast.access(name), user=cast.ben, reason="Why not")
    ana = fresh_access(cast, "ana")
    with pytest.raises(FactorNeeded):
        mark_executive(by=cast.access("ana"), user=cast.ben, reason="Why not")
    mark_executive(by=ana, user=cast.ben, reason="Runs the house")
    line = Operation.objects.get(action="person.executive_marked")
    assert (line.about_id, line.details["reason"]) == (cast.ben.pk, "Runs the house")


def test_nobody_is_marked_who_could_not_come_in(cast: Cast):
    with pytest.raises(ExecutivePasskeyMissing):
        mark_executive(by=BY, user=cast.ben, reason="Too early")
    add(cast.browser("ben"), SoftPasskey())
    with pytest.raises(ExecutivesUnlisted):
        mark_executive(by=BY, user=cast.ben, reason="Too early")


def test_the_last_ordinary_admin_stays_one(cast: Cast):
    listed()
    add(cast.browser("ana"), SoftPasskey())
    with pytest.raises(LastOrdinaryAdmin):
        mark_executive(by=fresh_access(cast, "ana"), user=cast.ana, reason="Alone")
    with pytest.raises(LastOrdinaryAdmin):
        mark_executive(by=BY, user=cast.ana, reason="Alone")


def test_an_admin_marks_themselves_only_from_where_they_can_come_in(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin", reason="Second")
    listed()
    add(cast.browser("ana"), SoftPasskey())
    ana = fresh_access(cast, "ana")
    with coming_from(Origin(ip=TOKYO)), pytest.raises(LocksYouOut):
        mark_executive(by=ana, user=cast.ana, reason="Me")
    with coming_from(Origin(ip=TAIPEI)):
        mark_executive(by=ana, user=cast.ana, reason="Me")
        with pytest.raises(OwnAccess):
            unmark_executive(by=ana, user=User.objects.get(pk=cast.ana.pk), reason="Back")


def test_an_executive_admin_does_not_take_their_own_address_away(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin", reason="Second")
    row = listed()
    add(cast.browser("ana"), SoftPasskey())
    mark_executive(by=BY, user=cast.ana, reason="Runs the house")
    with coming_from(Origin(ip=TAIPEI)), pytest.raises(LocksYouOut):
        disallow_address(by=cast.access("ana"), row_id=row.pk, reason="Gone")


def test_the_mark_is_taken_back_and_the_password_counts_again(cast: Cast, ben: User, key: SoftPasskey):
    client = inside(key)
    unmark_executive(by=fresh_access(cast, "ana"), user=ben, reason="Retired")
    assert client.get("/api/v1/me").status_code == 401
    assert Stranger().sign_in().json()["step"]["name"] == "factor"
    assert come(key)[1].json()["code"] == "executives_only"


def test_the_machines_owner_has_a_way_back(cast: Cast, ben: User):
    call_command("executive", "ben@kefu.test", "--off", "--reason", "No list left")
    assert User.objects.get(pk=ben.pk).executive_since is None
    AllowedAddress.objects.all().delete()
    forget_lists()
    with pytest.raises(CommandError, match="Allowed addresses"):
        call_command("executive", "ben@kefu.test", "--reason", "Too early")
    call_command("allow_address", TAIPEI, "--for", "executives")
    call_command("executive", "ben@kefu.test", "--reason", "Now")
    assert User.objects.get(pk=ben.pk).executive_since is not None
