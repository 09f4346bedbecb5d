"""What is too often is 429 with the time to wait, and stops nobody else."""

from collections.abc import Mapping
from typing import Any

from django.test import Client

from security.access import access_of
from security.actions.factors import begin_first_enrolment, confirm_enrolment
from security.actions.policies import change_policy
from security.models import LimitPolicy, TotpFactor, User
from tests.conftest import BY, PASSWORD, Cast
from tests.contracts.test_refusals import refused
from tests.inbox.outgoing.test_uploads import PDF
from tests.worlds.asia import photo
from tests.worlds.channels import channel
from tests.worlds.factors import Authenticator, enrol
from tests.worlds.threads import thread

API = "/api/v1"


def limited(**numbers: int) -> None:
    policy = LimitPolicy.objects.get_or_create(pk=1)[0]
    for name, number in numbers.items():
        setattr(policy, name, number)
    change_policy(by=BY, policy=policy, changed=tuple(numbers))


def too_many(answer: Any) -> None:
    refused(answer, 429, "too_many_requests")
    assert int(answer["Retry-After"]) >= 1


def set_away(browser: Client) -> Any:
    return browser.patch(f"{API}/me", {"availability": "away"}, content_type="application/json")


def test_changes_are_counted_per_person(cast: Cast):
    limited(writes_per_minute=30, writes_burst=10)
    ben, fay = cast.browser("ben"), cast.browser("fay")
    statuses = [set_away(ben).status_code for _ in range(30)]
    assert statuses[:10] == [200] * 10 and 429 in statuses
    too_many(next(answer for answer in iter(lambda: set_away(ben), None) if answer.status_code == 429))
    assert ben.get(f"{API}/me").status_code == 200 and set_away(fay).status_code == 200


def test_a_refused_change_counts_too(cast: Cast):
    limited(writes_per_minute=30, writes_burst=10)
    eli = cast.browser("eli")
    statuses = {eli.post(f"{API}/canned-replies", {}, content_type="application/json").status_code for _ in range(30)}
    assert statuses == {403, 429}


def sign_in(address: str, email: str = "ben@kefu.test", **more: Any) -> Any:
    body = {"email": email, "password": "wrong"}
    stranger = Client(REMOTE_ADDR=address, headers={"accept-language": "en"})
    return stranger.post(f"{API}/session", body, content_type="application/json", **more)


def test_signing_in_is_counted_per_address(cast: Cast):
    limited(sign_ins_per_minute=1, sign_ins_burst=3)
    assert [sign_in("203.0.113.7").status_code for _ in range(3)] == [401] * 3
    too_many(sign_in("203.0.113.7"))
    # From elsewhere the source is a new one; another person's address, since Ben's is locked by now (SE-3).
    assert sign_in("203.0.113.8", "fay@kefu.test").status_code == 401


def test_an_office_of_200_signs_in_with_a_code_each_from_one_address(cast: Cast):
    """As many as its address may, however many calls each takes."""
    limited(sign_ins_per_minute=1, sign_ins_burst=200)
    office = [staff(cast, number) for number in range(200)]
    for email, code in office:
        client = Client(REMOTE_ADDR="203.0.113.7")
        asked = sign_in_right(client, email)
        assert asked.json()["step"]["name"] == "factor"
        assert client.post(f"{API}/session/code", {"code": code}, content_type="application/json").json()["user"]
    too_many(sign_in_right(Client(REMOTE_ADDR="203.0.113.7"), "ben@kefu.test"))


def test_steps_are_counted_too_by_whoever_is_on_the_way(cast: Cast):
    limited(sign_ins_per_minute=1, sign_ins_burst=3)
    enrol(cast, "ben")
    ben, nobody = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.7")
    sign_in_right(ben, "ben@kefu.test")
    for client, statuses in ((ben, [403, 429, 429]), (nobody, [401] * 3)):
        tried = [client.post(f"{API}/session/code", {"code": "000000"}, content_type="application/json") for _ in "123"]
        assert [answer.status_code for answer in tried] == statuses
        too_many(client.post(f"{API}/session/code", {"code": "000000"}, content_type="application/json"))


def sign_in_right(client: Client, email: str) -> Any:
    return client.post(f"{API}/session", {"email": email, "password": PASSWORD}, content_type="application/json")


def staff(cast: Cast, number: int) -> tuple[str, str]:
    """One of many with an app, and the code it shows."""
    email = f"agent-{number}@kefu.test"
    user = User.objects.create(email=email, name=email, password=cast.ben.password)
    user.groups.set(cast.ben.groups.all())
    app = Authenticator(begin_first_enrolment(by=access_of(user)).secret)
    confirm_enrolment(by=access_of(user), code=app.code())
    TotpFactor.objects.filter(user=user).update(last_t=-1)
    return email, app.code()


def test_a_network_of_ipv6_is_one_address(cast: Cast):
    limited(sign_ins_per_minute=1, sign_ins_burst=2)
    statuses = [sign_in(f"2001:db8:0:1::{number}").status_code for number in (1, 2, 3)]
    assert statuses == [401, 401, 429] and sign_in("2001:db8:0:2::1", "fay@kefu.test").status_code == 401


def test_a_forwarding_header_from_anybody_hides_nobody(cast: Cast):
    limited(sign_ins_per_minute=1, sign_ins_burst=2)
    headers: list[Mapping[str, str]] = [{"x-forwarded-for": f"198.51.100.{number}"} for number in range(3)]
    assert [sign_in("203.0.113.7", headers=one).status_code for one in headers] == [401, 401, 429]


def test_what_an_admin_sends_is_counted(cast: Cast):
    limited(writes_per_minute=30, writes_burst=10)
    ana = cast.browser("ana")
    statuses = {ana.post("/admin/language/", {"language": "en"}).status_code for _ in range(40)}
    assert statuses == {302, 429}


def test_exports_are_counted(cast: Cast):
    limited(exports_per_hour=4)
    ben = cast.browser("ben")
    assert [ben.get(f"{API}/canned-replies/export").status_code for _ in range(3)] == [200, 200, 429]
    assert ben.get(f"{API}/canned-replies").status_code == 200


def test_uploads_are_counted_by_number_and_by_size(cast: Cast):
    limited(uploads_per_hour=10)
    path, ben = f"{API}/conversations/{thread(channel(cast.asia)).pk}/uploads", cast.browser("ben")
    assert [ben.post(path, {"file": photo()}).status_code for _ in range(6)] == [201] * 5 + [429]
    limited(uploads_per_hour=600, upload_mb_per_hour=120)
    fay = cast.browser("fay")
    heavy = b"%PDF-1.4\n" + b"0" * (45 * 1024 * 1024) + PDF
    from django.core.files.uploadedfile import SimpleUploadedFile

    statuses = [fay.post(path, {"file": SimpleUploadedFile("a.pdf", heavy)}).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]


def test_a_session_that_is_asked_for_often_is_not_counted(cast: Cast):
    limited(sign_ins_per_minute=1, sign_ins_burst=1, writes_per_minute=30, writes_burst=10)
    ben = cast.browser("ben")
    assert {ben.get(f"{API}/session").status_code for _ in range(40)} == {200}


def test_an_admin_who_does_too_much_reads_so_on_a_page(cast: Cast):
    limited(writes_per_minute=30, writes_burst=10)
    ana = cast.browser("ana")
    asked = (ana.post("/admin/language/", {"language": "en"}, headers={"accept": "text/html"}) for _ in range(40))
    answer = next(one for one in asked if one.status_code == 429)
    assert answer["Content-Type"].startswith("text/html") and int(answer["Retry-After"]) >= 1
    assert "Too many requests" in answer.content.decode()
