"""The second factor: set up, proven once per code, slowed down, taken away, never in clear anywhere (SE-2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from security.account_errors import CodeRefused, CodeTooSoon, FactorMissing, FactorNeeded
from security.actions.factors import prove_factor, remove_factor, reset_factor
from security.actions.sign_in_guard import count_own_password, own_password_waits
from security.errors import Missing, NotAllowed, NotFound
from security.factors import require_fresh_factor
from security.models import ApiKey, Operation, RecoveryCode, TotpFactor
from tests.conftest import BY, PASSWORD, Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.worlds.factors import Authenticator, enrol, fresh_access, let_pass

ME = "/api/v1/me/factor"
NEW = "Orchid-tumble-42!"


def post(browser: Client, path: str, **body: Any) -> Any:
    return browser.post(path, body, content_type="application/json")


def begin(browser: Client) -> Authenticator:
    return Authenticator(post(browser, ME, password=PASSWORD).json()["secret"])


def test_somebody_sets_up_an_app_and_the_session_is_fresh(cast: Cast):
    ben = cast.browser("ben")
    begun = post(ben, ME, password=PASSWORD)
    told = begun.json()
    assert begun.status_code == 201 and told["qr"].startswith("<svg")
    assert told["uri"].startswith("otpauth://totp/Kefu%3Aben%40kefu.test?") and told["secret"] in told["uri"]
    assert ben.get(ME).json()["enrolled"] is False, "nothing depends on it before a code was given"
    codes = post(ben, f"{ME}/confirm", code=Authenticator(told["secret"]).code()).json()["codes"]
    assert len(codes) == len(set(codes)) == 10
    state = ben.get(ME).json()
    assert (state["enrolled"], state["recovery_left"]) == (True, 10) and state["fresh_until"]
    assert post(ben, ME, password=PASSWORD).json()["code"] == "second_factor_there"


def test_whoever_finds_an_open_browser_lacks_the_password(cast: Cast, time_machine):
    ben = cast.browser("ben")
    assert post(ben, ME, password="guessed").json()["code"] == "password_refused"
    assert not TotpFactor.objects.filter(confirmed=True).exists()
    assert Operation.objects.filter(action="factor.password_refused").count() == 1
    assert post(ben, ME, password="guessed again").json()["code"] == "code_too_soon"
    assert post(ben, ME, password=PASSWORD).json()["code"] == "code_too_soon", "nor may the right one be tried at once"
    assert Operation.objects.filter(action="factor.password_refused").count() == 1
    time_machine.move_to(timezone.now() + timedelta(seconds=5))
    assert "secret" in post(ben, ME, password=PASSWORD).json()


def test_a_right_password_forgives_wrong_ones_and_no_wait_is_longer_than_a_locked_sign_in(cast: Cast, time_machine):
    ben = cast.browser("ben")
    enrol(cast, "ben")

    def change(current: str) -> str:
        body = {"current": current, "password": NEW}
        answer = ben.post("/api/v1/me/password", body, content_type="application/json")
        return answer.json()["code"] if answer.content else ""

    for _wrong in range(3):
        assert change("guessed") == "password_refused"
        time_machine.move_to(timezone.now() + timedelta(seconds=61))
    assert change(PASSWORD) == ""
    count_own_password(cast.ben, right=False)
    time_machine.move_to(timezone.now() + timedelta(seconds=2))
    assert not own_password_waits(cast.ben), "the first wrong one after a right one costs a second"
    for _wrong in range(40):
        count_own_password(cast.ben, right=False)
    assert own_password_waits(cast.ben)
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    assert not own_password_waits(cast.ben)


def test_beginning_again_makes_the_first_secret_worthless(cast: Cast):
    ben = cast.browser("ben")
    first, second = begin(ben), begin(ben)
    assert post(ben, f"{ME}/confirm", code=first.code()).json()["code"] == "code_refused"
    let_pass(cast.ben, 2)
    assert post(ben, f"{ME}/confirm", code=second.code()).status_code == 200


def test_a_code_makes_the_session_fresh_and_no_other_session(cast: Cast):
    app, here, there = enrol(cast, "ben"), cast.browser("ben"), cast.browser("ben")
    assert here.get(ME).json()["fresh_until"] is None
    assert post(here, "/api/v1/session/factor", code=f" {app.code()[:3]} {app.code()[3:]} ").status_code == 200
    assert here.get(ME).json()["fresh_until"] and there.get(ME).json()["fresh_until"] is None


def test_a_code_counts_once(cast: Cast):
    app, ben = enrol(cast, "ben"), cast.access("ben")
    code = app.code()
    prove_factor(by=ben, code=code)
    with pytest.raises(CodeRefused):
        prove_factor(by=ben, code=code)


@pytest.mark.django_db(transaction=True)
def test_a_code_counts_once_however_many_use_it_at_the_same_time(cast: Cast):
    app, ben = enrol(cast, "ben"), cast.access("ben")
    code, taken = app.code(), []

    def try_it() -> None:
        try:
            prove_factor(by=ben, code=code)
            taken.append(1)
        except (CodeRefused, CodeTooSoon):
            pass

    at_once(*[try_it] * 6)
    assert len(taken) == 1


@pytest.mark.parametrize("code", ["000000", "", "12345", "abcdef", "１２３４５６", "1" * 32, "-12345"])
def test_a_wrong_code_is_refused_counted_and_slows_the_next_down(cast: Cast, code: str):
    app = enrol(cast, "ben")
    ben = cast.browser("ben")
    refused = post(ben, "/api/v1/session/factor", code=code)
    if code == "":
        assert refused.status_code == 400
        return
    assert (refused.status_code, refused.json()["code"]) == (403, "code_refused")
    if len(code) != 6 or not code.isdigit():
        return  # it was taken for a recovery code, which is slowed down for itself
    assert post(ben, "/api/v1/session/factor", code=app.code()).json()["code"] == "code_too_soon"
    let_pass(cast.ben, 1.5)
    assert post(ben, "/api/v1/session/factor", code=app.code()).status_code == 200


def test_each_further_wrong_code_doubles_the_wait(cast: Cast):
    app, ben = enrol(cast, "ben"), cast.access("ben")
    for wait in (1, 2, 4):
        with pytest.raises(CodeRefused):
            prove_factor(by=ben, code="000000")
        let_pass(cast.ben, wait - 0.5)
        with pytest.raises(CodeTooSoon):
            prove_factor(by=ben, code=app.code())
        let_pass(cast.ben, 1)
    prove_factor(by=ben, code=app.code())
    refused = Operation.objects.filter(action="factor.refused").order_by("id")
    assert [line.details["wrong"] for line in refused] == [1, 2, 3]


def test_a_recovery_code_counts_once_however_it_is_typed(cast: Cast):
    ben = cast.browser("ben")
    app = begin(ben)
    first, second, *_ = post(ben, f"{ME}/confirm", code=app.code()).json()["codes"]
    typed = first.upper().replace("-", " ")
    assert post(ben, "/api/v1/session/factor", code=typed).status_code == 200
    assert ben.get(ME).json()["recovery_left"] == 9
    assert post(ben, "/api/v1/session/factor", code=first).json()["code"] == "code_refused"
    assert post(ben, "/api/v1/session/factor", code=second).json()["code"] == "code_too_soon"


def test_new_recovery_codes_make_the_old_ones_void(cast: Cast):
    ben = cast.browser("ben")
    app = begin(ben)
    old = post(ben, f"{ME}/confirm", code=app.code()).json()["codes"]
    new = post(ben, f"{ME}/recovery-codes").json()["codes"]
    assert not set(old) & set(new) and RecoveryCode.objects.count() == 10
    assert post(ben, "/api/v1/session/factor", code=old[0]).status_code == 403


def test_a_fresh_factor_is_one_of_this_session_and_of_the_last_minutes(cast: Cast):
    with pytest.raises(FactorMissing):
        require_fresh_factor(cast.access("ben"))
    enrol(cast, "ben")
    ben = cast.access("ben")
    with pytest.raises(FactorNeeded):
        require_fresh_factor(ben)
    require_fresh_factor(replace(ben, factor_at=timezone.now()))
    for long_ago in (timedelta(minutes=10, seconds=1), timedelta(days=1)):
        TotpFactor.objects.update(confirmed_at=timezone.now() - timedelta(days=2))
        with pytest.raises(FactorNeeded):
            require_fresh_factor(replace(ben, factor_at=timezone.now() - long_ago))


def test_a_code_given_with_a_factor_that_is_gone_counts_no_more(cast: Cast):
    ben = fresh_access(cast, "ben")
    remove_factor(by=ben)
    with pytest.raises(FactorMissing):
        require_fresh_factor(ben)
    enrol(cast, "ben")
    with pytest.raises(FactorNeeded):
        require_fresh_factor(ben)


def test_removing_and_new_codes_need_a_fresh_one(cast: Cast):
    enrol(cast, "ben")
    ben = cast.browser("ben")
    assert ben.delete(ME).json()["code"] == "second_factor_required"
    assert post(ben, f"{ME}/recovery-codes").json()["code"] == "second_factor_required"
    assert TotpFactor.objects.count() == 1


def test_an_api_key_never_has_a_factor(cast: Cast):
    enrol(cast, "ben")
    key = ApiKey.objects.create(cast.ben, expiry=None)[1]
    program = Client(headers={"authorization": f"Api-Key {key}"})
    assert program.delete(ME).json()["code"] == "second_factor_required"
    for path, body in ((ME, {"password": PASSWORD}), ("/api/v1/session/factor", {"code": "000000"})):
        assert post(program, path, **body).json()["code"] == "not_allowed"


def test_an_admin_resets_it_with_a_reason_and_a_code_of_their_own(cast: Cast):
    enrol(cast, "ben")
    with pytest.raises(FactorMissing):
        reset_factor(by=cast.access("ana"), user=cast.ben, reason="Lost the telephone")
    ana = fresh_access(cast, "ana")
    with pytest.raises(Missing):
        reset_factor(by=ana, user=cast.ben, reason="  ")
    with pytest.raises(NotAllowed):
        reset_factor(by=ana, user=cast.ana, reason="One's own is removed, not reset")
    reset_factor(by=ana, user=cast.ben, reason="Lost the telephone")
    line = Operation.objects.get(action="factor.reset")
    assert (line.subject_id, line.details) == (str(cast.ben.pk), {"reason": "Lost the telephone"})
    assert not TotpFactor.objects.filter(user=cast.ben).exists()
    with pytest.raises(NotFound):
        reset_factor(by=ana, user=cast.ben, reason="Again")


@pytest.mark.parametrize("name", ["ben", "fay", "dee"])
def test_nobody_else_resets_it(cast: Cast, name: str):
    enrol(cast, "eli")
    with pytest.raises(NotAllowed):
        reset_factor(by=fresh_access(cast, name), user=cast.eli, reason="Asked for it")


def test_from_the_command_line(cast: Cast, capsys: pytest.CaptureFixture[str]):
    enrol(cast, "ben")
    call_command("reset_factor", "Ben@kefu.test", "--reason", "Nobody else is left")
    assert "no second factor any more" in capsys.readouterr().out
    with pytest.raises(CommandError, match="沒有設定雙重驗證"):
        call_command("reset_factor", "ben@kefu.test", "--reason", "Again")
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_factor", "zoe@kefu.test", "--reason", "Who")
    reset = Operation.objects.get(action="factor.reset")
    assert (reset.actor_kind, reset.actor_id) == ("system", "manage.py reset_factor")


def test_neither_secret_nor_codes_are_anywhere_in_clear(cast: Cast):
    ben = cast.browser("ben")
    app = begin(ben)
    codes = post(ben, f"{ME}/confirm", code=app.code()).json()["codes"]
    post(ben, "/api/v1/session/factor", code=codes[0])
    raw = TotpFactor.objects.get().secret
    with connection.cursor() as cursor:
        rows = []
        for table in ("security_totpfactor", "security_recoverycode", "security_recoveryfactor", "security_operation"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    kept = repr([[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in rows])
    assert not [word for word in (app.secret, raw, *codes, app.code()) if word in kept]


def test_every_step_is_in_the_log(cast: Cast):
    ben = fresh_access(cast, "ben")
    prove_factor(by=ben, code=Authenticator(secret=_secret(cast)).code())
    remove_factor(by=ben)
    reset = "factor.begun", "factor.enrolled", "factor.proven", "factor.removed"
    lines = Operation.objects.filter(action__startswith="factor.").order_by("id")
    assert tuple(line.action for line in lines) == reset
    assert {line.subject_id for line in lines} == {str(cast.ben.pk)} and BY.actor_id not in {x.actor_id for x in lines}


def _secret(cast: Cast) -> str:
    from base64 import b32encode

    return b32encode(bytes.fromhex(TotpFactor.objects.get(user=cast.ben).secret)).decode()
