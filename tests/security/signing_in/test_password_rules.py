"""What a password must be: long, of several kinds of signs, hard to guess, not known, not one they had (SE-1)."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from security.actions.passwords import check_password_words, expiry_to_tell, password_expires_at, set_password
from security.errors import Invalid
from security.models import PastPassword, SignInPolicy, User
from security.signing_in.passwords import is_breached, was_theirs
from tests.conftest import BY, PASSWORD, Cast


def words_of(password: str, user: User | None = None) -> str:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        check_password_words(password, user)
    return str(refused.value.message)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Sh0rt-one!", "at least 12"),
        ("no-capital-letter-7", "capital letter"),
        ("No-digit-anywhere", "digit"),
        ("NoSymbol7anywhere", "symbol"),
        ("No symbol 7 but spaces", "symbol"),
        ("Password-1234", "easily guessed"),
        ("P@ssw0rd2026!", "easily guessed"),
        ("Password-2026!", "easily guessed"),
        ("2026-Welcome-77!", "easily guessed"),
        ("Qwertyuiop-1!", "easily guessed"),
        ("Aaaaaaaaaaa-1", "easily guessed"),
    ],
)
def test_what_is_wrong_is_said(db: None, password: str, said: str):
    assert said in words_of(password)


def test_everything_that_is_wrong_with_its_signs_is_said_at_once(db: None):
    said = words_of("short")
    assert all(word in said for word in ("12", "capital", "digit", "symbol"))


@pytest.mark.parametrize("password", ["Ben.Lin@kefu.test1", "Benjamin-Lindqvist1"])
def test_nothing_of_their_own(db: None, password: str):
    assert "easily guessed" in words_of(password, User(email="ben.lin@kefu.test", name="Benjamin Lindqvist"))


@pytest.mark.parametrize("password", [PASSWORD, "山上的Rainbow-9看不見", "Zq7!tumble-orchid of the river " * 7])
def test_a_good_one_is_taken_in_any_script_and_length(db: None, password: str):
    check_password_words(password, User(email="fay@kefu.test", name="Fay"))


def test_none_of_the_last_five(cast: Cast):
    taken = [f"Orchid-tumble-{number}9!" for number in range(6)]
    for password in taken:
        set_password(by=BY, user=cast.ben, password=password)
    ben = User.objects.get(pk=cast.ben.pk)
    assert [was_theirs(password, ben) for password in taken] == [False, True, True, True, True, True]
    assert "had this password" in words_of(taken[-2], ben) and "had this password" in words_of(taken[-1], ben)
    assert PastPassword.objects.filter(user=ben).count() == 5


def test_it_expires_after_ninety_days_and_is_told_a_week_before(cast: Cast):
    now = timezone.now()
    for age, told in ((82, False), (84, True), (91, True)):
        cast.ben.password_set_at = now - timedelta(days=age)
        assert (expiry_to_tell(cast.ben) is not None) is told
    assert password_expires_at(cast.ben) == cast.ben.password_set_at + timedelta(days=90)
    SignInPolicy.objects.filter(pk=1).update(password_days=0)
    SignInPolicy.forget()
    assert password_expires_at(cast.ben) is None


def listed(path: Path, words: list[str]) -> None:
    digests = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in words)
    path.write_text("".join(f"{digest}:{number}\n" for number, digest in enumerate(digests)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(words=st.lists(st.text("abcdef", max_size=4), unique=True, max_size=60))
def test_the_list_of_breached_ones_finds_each_and_no_other(tmp_path: Path, settings: Any, words: list[str]):
    path = tmp_path / "breached.txt"
    listed(path, words)
    settings.KEFU_BREACHED_PASSWORDS = str(path)
    assert all(is_breached(word) for word in words)
    assert not any(is_breached(word) for word in ("", "zz", "abcdefg") if word not in words)


def test_a_breached_one_is_refused(db: None, tmp_path: Path, settings: Any):
    listed(tmp_path / "breached.txt", ["Orchid-tumble-77!", "Another-one-88!"])
    settings.KEFU_BREACHED_PASSWORDS = str(tmp_path / "breached.txt")
    assert "data leak" in words_of("Orchid-tumble-77!")
    check_password_words("Orchid-tumble-78!")
