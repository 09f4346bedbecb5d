"""One's own known devices: listed, named, forgotten."""

import pytest

from security.ids import new_id
from security.models import KnownDevice
from tests.conftest import Cast
from tests.security.test_api_keys import key_of, program
from tests.worlds.browsers import FIREFOX, browser, row_of, sign_in, signed_in
from tests.worlds.threads import logged

DEVICES = "/api/v1/me/devices"


def name(client, device: object, words: object):
    return client.patch(f"{DEVICES}/{device}", {"name": words}, content_type="application/json")


def test_the_list_says_what_and_when_and_marks_this_browser(cast: Cast):
    signed_in("ben", agent=FIREFOX)
    signed_in("fay")
    here = signed_in("ben")
    listed = here.get(DEVICES).json()["results"]
    assert [(one["kind"], one["is_this"], one["country"], one["name"]) for one in listed] == [
        ("Chrome · Windows", True, "TW", ""),
        ("Firefox · Linux", False, "TW", ""),
    ]


def test_a_device_is_named_and_its_sessions_with_it(cast: Cast):
    here = signed_in("ben")
    device = KnownDevice.objects.get()
    assert name(here, device.pk, "  公司  筆電 ").json()["name"] == "公司 筆電"
    assert here.get("/api/v1/me/sessions").json()["results"][0]["device_name"] == "公司 筆電"
    assert name(here, device.pk, "").json()["name"] == ""
    assert len(logged("device.renamed")) == 2


@pytest.mark.parametrize("words", ["x" * 61, "two\u0000lines", "bell\u0007", None, 5])
def test_a_name_that_is_none_is_refused(cast: Cast, words: object):
    here = signed_in("ben")
    answer = name(here, KnownDevice.objects.get().pk, words)
    assert (answer.status_code, answer.json()["field"]) == (400, "name")


def test_a_forgotten_device_is_signed_out_and_new_again(cast: Cast):
    there = signed_in("ben", agent=FIREFOX)
    here = signed_in("ben")
    device = row_of(there).known_device
    assert device is not None and here.delete(f"{DEVICES}/{device.pk}").status_code == 204
    assert there.get("/api/v1/me").json()["code"] == "session_revoked"
    before = len(logged("session.unfamiliar"))
    sign_in(there, "ben")
    assert len(logged("session.unfamiliar")) == before + 1


def test_the_session_in_which_its_own_device_is_forgotten_goes_on(cast: Cast):
    here = signed_in("ben")
    assert here.delete(f"{DEVICES}/{KnownDevice.objects.get().pk}").status_code == 204
    assert here.get(DEVICES).json()["results"] == []


def test_somebody_elses_device_looks_like_one_that_never_was(cast: Cast):
    signed_in("fay")
    foreign = KnownDevice.objects.get().pk
    here = signed_in("ben")
    for ask in (lambda pk: here.delete(f"{DEVICES}/{pk}"), lambda pk: name(here, pk, "mine")):
        answers = [ask(foreign), ask(new_id())]
        assert [one.status_code for one in answers] == [404, 404] and answers[0].content == answers[1].content
    assert KnownDevice.objects.filter(pk=foreign, name="").exists()


def test_a_key_has_no_device(cast: Cast):
    signed_in("ben")
    ben = program(key_of(cast.ben))
    assert ben.get(DEVICES).status_code == 403
    assert ben.delete(f"{DEVICES}/{KnownDevice.objects.get().pk}").status_code == 403
    assert browser().get(DEVICES).status_code == 401
