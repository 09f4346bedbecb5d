"""Three wrong passwords lock signing in with the address for an hour, whoever has it, however many try (SE-3)."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from security.account_errors import SignInLocked
from security.actions.sign_in_guard import begin_attempt, forget_old_guards, is_sign_in_locked, unlock_sign_in
from security.errors import Missing
from security.models import Operation, SignInGuard, SignInPolicy, User
from tests.conftest import PASSWORD, Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.security.signing_in.conftest import Stranger


def let_pass(minutes: float) -> None:
    back = timedelta(minutes=minutes)
    for guard in SignInGuard.objects.all():
        guard.last_at -= back
        guard.locked_until = guard.locked_until - back if guard.locked_until else None
        guard.save()


def test_the_third_wrong_password_locks_the_right_one_out_for_an_hour(cast: Cast, stranger: Stranger):
    assert [stranger.sign_in(password="wrong").status_code for _ in range(3)] == [401, 401, 401]
    locked = stranger.sign_in()
    assert (locked.status_code, locked.json()["code"]) == (429, "sign_in_locked")
    assert 3500 < int(locked["Retry-After"]) <= 3600 and "Wait 60 minutes, set a new" in locked.json()["remedy"]
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        assert "Wait 60 minutes, or ask an admin" in stranger.sign_in().json()["remedy"], "no mail would come"
    let_pass(59)
    assert stranger.sign_in().status_code == 429
    let_pass(2)
    assert stranger.sign_in().status_code == 200


def test_trying_on_while_it_is_locked_does_not_make_it_longer(cast: Cast, stranger: Stranger):
    for _ in range(3):
        stranger.sign_in(password="wrong")
    let_pass(50)
    assert stranger.sign_in(password="wrong").status_code == 429
    let_pass(11)
    assert stranger.sign_in().status_code == 200


def test_the_right_password_forgives_what_was_wrong_before(cast: Cast, stranger: Stranger):
    for _ in range(4):
        assert [stranger.sign_in(password="wrong").status_code for _ in range(2)] == [401, 401]
        assert stranger.sign_in().status_code == 200


def test_two_wrong_ones_an_hour_ago_count_no_more(cast: Cast, stranger: Stranger):
    for _ in range(2):
        stranger.sign_in(password="wrong")
    let_pass(61)
    assert [stranger.sign_in(password="wrong").status_code for _ in range(2)] == [401, 401]
    assert stranger.sign_in().status_code == 200


def test_an_address_nobody_has_is_locked_in_the_same_words(cast: Cast, stranger: Stranger):
    theirs = [stranger.sign_in("nobody@kefu.test", "wrong").content for _ in range(4)]
    bens = [stranger.sign_in("ben@kefu.test", "wrong").content for _ in range(4)]
    assert theirs == bens


def test_no_address_stands_in_the_database_in_clear(cast: Cast, stranger: Stranger):
    stranger.sign_in("nobody@kefu.test", "wrong")
    row = SignInGuard.objects.get()
    assert len(row.digest) == 32
    line = Operation.objects.get(action="sign_in.refused")
    assert (line.subject_kind, line.subject_id) == ("security.signinguard", row.digest)


def test_only_the_one_address_is_locked(cast: Cast, stranger: Stranger):
    for _ in range(4):
        stranger.sign_in(password="wrong")
    assert stranger.sign_in("fay@kefu.test").status_code == 200


@pytest.mark.parametrize("spelled", ["BEN@kefu.test", " ben@kefu.test "])
def test_another_spelling_of_the_address_is_no_other_one(cast: Cast, stranger: Stranger, spelled: str):
    for _ in range(3):
        stranger.sign_in(spelled, "wrong")
    assert stranger.sign_in().status_code == 429


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_do_not_go_past_three(cast: Cast):
    taken: list[bool] = []

    def guess() -> None:
        try:
            taken.append(bool(begin_attempt("ben@kefu.test")))
        except SignInLocked:
            pass
        finally:
            connections.close_all()

    at_once(*[guess] * 12)
    assert len(taken) == 3


def test_what_failed_is_in_the_log_of_whoever_it_was_about(cast: Cast, stranger: Stranger):
    for _ in range(3):
        stranger.sign_in(password="wrong")
    bens = Operation.objects.filter(subject_kind="security.user", subject_id=str(cast.ben.pk))
    said = bens.filter(action__startswith="sign_in.")
    assert [line.action for line in said.order_by("id")] == ["sign_in.refused", "sign_in.refused", "sign_in.locked"]
    assert "wrong" not in str(list(Operation.objects.values_list("details", flat=True)))


def test_an_admin_unlocks_it_with_a_reason(cast: Cast, stranger: Stranger):
    for _ in range(3):
        stranger.sign_in(password="wrong")
    assert is_sign_in_locked(cast.ben)
    with pytest.raises(Missing):
        unlock_sign_in(by=cast.access("ana"), user=cast.ben, reason=" ")
    assert unlock_sign_in(by=cast.access("ana"), user=cast.ben, reason="He called") is True
    assert not is_sign_in_locked(cast.ben) and stranger.sign_in().status_code == 200
    assert unlock_sign_in(by=cast.access("ana"), user=cast.ben, reason="Again") is False
    assert Operation.objects.filter(action="sign_in.unlocked").count() == 1


def test_the_numbers_are_the_policys(cast: Cast, stranger: Stranger):
    SignInPolicy.objects.filter(pk=1).update(failures=1, lock_minutes=5)
    SignInPolicy.forget()
    stranger.sign_in(password="wrong")
    assert stranger.sign_in().status_code == 429
    let_pass(6)
    assert stranger.sign_in().status_code == 200


def test_old_ones_are_forgotten_and_locked_ones_are_not(cast: Cast):
    begin_attempt("a@kefu.test")
    let_pass(121)
    for _ in range(3):
        begin_attempt("b@kefu.test")
    assert forget_old_guards() == 1
    assert SignInGuard.objects.get().locked_until is not None


def test_somebody_inactive_is_counted_like_a_stranger(cast: Cast, stranger: Stranger):
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    assert [stranger.sign_in(password=PASSWORD).status_code for _ in range(4)] == [401, 401, 401, 429]
    assert timezone.now() < SignInGuard.objects.get().locked_until  # type: ignore[operator]
