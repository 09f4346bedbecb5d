"""From where a group is let in: nothing before somebody wrote a row, and never so that its author is shut out."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from security.access import Access
from security.actions.allowlist import allow_address, disallow_address
from security.errors import Invalid, LocksYouOut, Missing
from security.models import AllowedAddress
from security.models.allowed_address import ADMINS, EVERYBODY, KEYS
from security.network.addresses import as_network
from security.network.allowlist import forget_lists
from security.origin import Origin, coming_from
from tests.conftest import BY, PASSWORD, Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import made, program
from tests.worlds.factors import fresh_browser
from tests.worlds.serving import Served
from tests.worlds.threads import logged

ME, SESSION = "/api/v1/me", "/api/v1/session"
OFFICE, VPN, HOME = "203.0.113.7", "2001:db8:9::5", "198.51.100.1"


def allow(network: str, group: str = EVERYBODY, **more: object) -> AllowedAddress:
    return allow_address(by=BY, name="Office", network=network, group=group, **more)  # type: ignore[arg-type]


def status(cast: Cast, name: str, address: str, path: str = ME) -> int:
    browser = cast.browser(name)
    return int(browser.get(path, REMOTE_ADDR=address).status_code)


def test_nothing_is_restricted_before_there_is_a_row(cast: Cast):
    assert {status(cast, name, HOME) for name in ("ana", "ben", "eli")} == {200}


@pytest.mark.parametrize(
    ("network", "inside", "outside"),
    [
        ("203.0.113.0/24", "203.0.113.255", "203.0.114.0"),
        ("203.0.113.7", "203.0.113.7", "203.0.113.8"),
        ("203.0.113.77/24", "203.0.113.1", "203.0.112.1"),
        ("2001:db8:9::/48", "2001:db8:9:ffff::1", "2001:db8:a::1"),
        ("::ffff:203.0.113.0/120", "203.0.113.1", "203.0.114.1"),
        ("203.0.113.0/24", "::ffff:203.0.113.1", "::ffff:203.0.114.1"),
        ("2001:DB8:9::5", "2001:db8:9:0:0:0:0:5", "2001:db8:9::6"),
        ("0.0.0.0/0", HOME, VPN),
    ],
)
def test_networks_of_both_kinds(cast: Cast, network: str, inside: str, outside: str):
    allow(network)
    assert (status(cast, "ben", inside), status(cast, "ben", outside)) == (200, 403)


@pytest.mark.parametrize("odd", ["", "office", "10.0.0.0/33", "10.0.0", "fe80::1%eth0", "10.0.0.0/8, 11.0.0.0/8", "1"])
def test_what_is_no_network_is_refused(cast: Cast, odd: str):
    with pytest.raises(Invalid):
        allow(odd)
    assert as_network("10.0.0.0/8").version == 4


def test_refusal_comes_before_anything_else_and_in_our_shape(cast: Cast):
    allow(f"{OFFICE}/32")
    stranger = Client(REMOTE_ADDR=HOME, headers={"accept-language": "en"})
    body = {"email": "ben@kefu.test", "password": PASSWORD}
    refused(stranger.post(SESSION, body, content_type="application/json"), 403, "address_refused")
    for path in (SESSION, ME, "/api/v1/nope", "/api/v1/docs", "/api/v1/schema", "/admin", "/admin/", "/admin/login/"):
        refused(stranger.get(path), 403, "address_refused")
    assert not logged("session.started")
    told = Client(REMOTE_ADDR=HOME, headers={"accept-language": "zh-hant"}).get(ME).json()
    assert "位址" in told["message"]


def test_health_and_the_client_page_are_for_everybody(cast: Cast):
    allow(f"{OFFICE}/32")
    stranger = Client(REMOTE_ADDR=HOME)
    assert [stranger.get(path).status_code for path in ("/healthz", "/readyz", "/inbox/mine")] == [200, 200, 200]


def test_webhooks_come_from_anywhere(kefu: Served, cast: Cast):
    import requests

    from tests.worlds.channels import channel

    shop = channel(cast.asia)
    allow(f"{OFFICE}/32")
    forget_lists()
    answer = requests.post(f"{kefu.url}/webhooks/whatsapp/{shop.pk}", b"{}", timeout=10)
    assert answer.status_code == 401 and answer.text == "wrong signature"
    assert requests.get(f"{kefu.url}{ME}", timeout=10).status_code == 403


def test_rows_of_admins_bind_admins_and_their_pages_alone(cast: Cast):
    allow(OFFICE, ADMINS)
    assert (status(cast, "ben", HOME), status(cast, "ana", HOME), status(cast, "ana", OFFICE)) == (200, 403, 200)
    assert (status(cast, "ana", HOME, "/admin/"), status(cast, "ana", OFFICE, "/admin/")) == (403, 200)
    assert Client(REMOTE_ADDR=HOME).get("/admin/login/").status_code == 403
    assert Client(REMOTE_ADDR=HOME).get(SESSION).status_code == 200


def test_admins_may_come_from_where_others_may_not(cast: Cast):
    allow(OFFICE)
    allow(VPN, ADMINS)
    assert (status(cast, "ana", VPN), status(cast, "ana", OFFICE)) == (200, 403)
    assert (status(cast, "ben", VPN), status(cast, "ben", OFFICE)) == (403, 200)


def test_keys_have_rows_of_their_own_or_everybodys(cast: Cast):
    _row, secret = made(cast)
    allow(OFFICE)
    assert [program(secret, REMOTE_ADDR=one).get(ME).status_code for one in (OFFICE, HOME)] == [200, 403]
    allow(HOME, KEYS)
    assert [program(secret, REMOTE_ADDR=one).get(ME).status_code for one in (OFFICE, HOME)] == [403, 200]


def test_the_header_of_a_key_opens_no_door_to_a_session(cast: Cast):
    """Whoever stole a cookie stands where keys are let in, and claims to be one."""
    allow(OFFICE)
    allow(HOME, KEYS)
    thief = cast.browser("ben")
    for header in ("Api-Key kefu_wrong", "api-key x", "Api-Key "):
        assert thief.get(ME, REMOTE_ADDR=HOME, headers={"authorization": header}).status_code == 403
    body = {"email": "ben@kefu.test", "password": PASSWORD}
    stranger = Client(REMOTE_ADDR=HOME, headers={"authorization": "Api-Key x"})
    assert stranger.post(SESSION, body, content_type="application/json").status_code == 401


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded", "client-ip", "x-client-ip"])
def test_a_header_from_outside_moves_nobody(cast: Cast, header: str):
    allow(OFFICE)
    value = f"for={OFFICE}" if header == "forwarded" else OFFICE
    assert cast.browser("ben").get(ME, REMOTE_ADDR=HOME, headers={header: value}).status_code == 403


def test_a_row_ends_by_itself(cast: Cast):
    row = allow(OFFICE)
    allow(HOME, ends_at=timezone.now() + timedelta(minutes=5))
    assert status(cast, "ben", HOME) == 200
    AllowedAddress.objects.exclude(pk=row.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    forget_lists()
    assert (status(cast, "ben", HOME), status(cast, "ben", OFFICE)) == (403, 200)


def test_a_change_is_in_the_log(cast: Cast):
    row = allow(OFFICE)
    disallow_address(by=BY, row_id=row.pk)
    assert logged("address.allowed")[0].details["network"] == "203.0.113.7/32"
    assert logged("address.disallowed")[0].details["group"] == EVERYBODY


def here(cast: Cast, address: str) -> tuple[Access, Origin]:
    return cast.access("ana"), Origin(ip=address)


@pytest.mark.parametrize("group", [EVERYBODY, ADMINS])
def test_nobody_shuts_themselves_out(cast: Cast, group: str):
    ana, at_home = here(cast, HOME)
    with coming_from(at_home):
        with pytest.raises(LocksYouOut) as told:
            allow_address(by=ana, name="Office", network=OFFICE, group=group, reason="Policy")
        assert HOME in str(told.value.remedy) and told.value.field == "network"
        assert not AllowedAddress.objects.exists()
        own = allow_address(by=ana, name="Home", network=HOME, group=group, reason="Policy")
        allow_address(by=ana, name="Office", network=OFFICE, group=group, reason="Policy")
        with pytest.raises(LocksYouOut):
            disallow_address(by=ana, row_id=own.pk, reason="Moved")
    assert AllowedAddress.objects.count() == 2 and status(cast, "ana", HOME) == 200


def test_rows_for_others_shut_out_nobody_here(cast: Cast):
    ana, at_home = here(cast, HOME)
    with coming_from(at_home):
        allow_address(by=ana, name="Server", network=OFFICE, group=KEYS, reason="Policy")
    assert status(cast, "ana", HOME) == 200


def test_a_reason_and_a_name_are_needed(cast: Cast):
    ana, at_home = here(cast, HOME)
    with coming_from(at_home), pytest.raises(Missing):
        allow_address(by=ana, name="Home", network=HOME, group=ADMINS)
    with pytest.raises(Missing):
        allow_address(by=BY, name=" ", network=HOME, group=ADMINS)


def test_the_machine_can_always_let_somebody_in(cast: Cast, capsys: pytest.CaptureFixture[str]):
    call_command("allow_address", HOME)
    assert "nobody to let in" in capsys.readouterr().out
    allow(OFFICE)
    allow(OFFICE, ADMINS)
    assert status(cast, "ana", HOME) == 403
    call_command("allow_address", HOME, "--minutes", "30")
    assert status(cast, "ana", HOME) == 200 == status(cast, "ana", HOME, "/admin/")
    assert set(AllowedAddress.objects.filter(ends_at__gt=timezone.now()).values_list("group", flat=True)) == {
        EVERYBODY,
        ADMINS,
    }
    with pytest.raises(CommandError, match="no address or network"):
        call_command("allow_address", "office")


def test_a_live_connection_is_refused_and_an_open_one_falls(kefu: Served, cast: Cast):
    from websockets.exceptions import InvalidStatus

    from security.actions.policies import change_policy
    from security.models import SecurityPolicy

    policy = SecurityPolicy.objects.get_or_create(pk=1)[0]
    policy.heartbeat_seconds = 5
    change_policy(by=BY, policy=policy, changed=["heartbeat_seconds"])
    with kefu.follow(cast.ben) as tab:
        tab.heads()
        allow(OFFICE)
        forget_lists()
        assert tab.closed_with(seconds=20) == 4401
    with pytest.raises(InvalidStatus):
        kefu.follow(cast.ben)


def test_in_the_admin_one_sees_what_the_rows_mean(cast: Cast):
    allow("127.0.0.0/8", ADMINS)
    ana = cast.browser("ana")
    page = ana.get("/admin/security/allowedaddress/").content.decode()
    assert "127.0.0.1" in page and "可以進入" in page and "會被拒絕" not in page
    tried = ana.get(f"/admin/security/allowedaddress/?address={HOME}").content.decode()
    assert "會被拒絕" in tried and HOME in tried
    attack = ana.get("/admin/security/allowedaddress/?address=<script>alert(1)</script>").content.decode()
    assert "<script>alert(1)" not in attack


def test_in_the_admin_rows_come_and_go_with_a_reason(cast: Cast):
    ana = fresh_browser(cast, "ana")
    form = {"name": "Office", "network": OFFICE, "group": ADMINS, "ends_at": "", "reason": "Policy"}
    answer = ana.post("/admin/security/allowedaddress/add/", form)
    assert answer.status_code == 200 and "連你自己也進不來" in answer.content.decode()
    form["network"] = "127.0.0.1"
    assert ana.post("/admin/security/allowedaddress/add/", form).status_code == 302
    row = AllowedAddress.objects.get()
    assert row.network == "127.0.0.1/32" and row.added_by_id == cast.ana.pk
    path = f"/admin/security/allowedaddress/{row.pk}/do/remove/"
    assert ana.get(f"/admin/security/allowedaddress/{row.pk}/change/").status_code == 200
    assert ana.post(path, {"confirmed": "yes", "reason": "Moved"}).status_code == 302
    assert not AllowedAddress.objects.exists()
