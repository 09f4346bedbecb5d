"""What a password must be (SE-1). Django asks this validator wherever a password is set.

Length and kinds of signs; not easily guessed (zxcvbn: common and leaked passwords, names, dates, keyboard runs, also in
other spellings), nothing of the person's own; none of their last ones; and not in the operator's list of breached
passwords, if there is one.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from security.models import PastPassword, SignInPolicy, User

_GUESSED_LENGTH = 72  # zxcvbn's time grows with the square of it, and so long a one is not guessed
_SAFE_SCORE = 3  # of 4: withstands 10^8 guesses
_SHA1_HEX = 40


class PasswordRules:
    def validate(self, password: str, user: User | None = None) -> None:
        """Raise with everything that is wrong at once, so that nobody has to find out one by one."""
        wrong = list(_wrong_signs(password))
        if not wrong and (_is_guessable(password, user) or _is_like_them(password, user)):
            wrong = [_("This password is easily guessed: it is common, was leaked, or holds a name or a date.")]
        if not wrong and is_breached(password):
            wrong = [_("This password is known from a data leak.")]
        if not wrong and user is not None and was_theirs(password, user):
            wrong = [_("You had this password lately. Choose another one.")]
        if wrong:
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        return _(
            "At least %(n)s characters, among them a capital letter, a digit and a symbol; nothing easily guessed."
        ) % {"n": SignInPolicy.current().password_length}


def _wrong_signs(password: str) -> Iterator[str]:
    shortest = SignInPolicy.current().password_length
    if len(password) < shortest:
        yield _("Use at least %(n)s characters.") % {"n": shortest}
    if not any(sign.isupper() for sign in password):
        yield _("Use a capital letter.")
    if not any(sign.isdigit() for sign in password):
        yield _("Use a digit.")
    if all(sign.isalnum() or sign.isspace() for sign in password):
        yield _("Use a symbol.")


def _is_guessable(password: str, user: User | None) -> bool:
    theirs: list[Any] = []
    if user is not None:
        theirs = [word for word in (user.email, *user.email.replace("@", ".").split("."), *user.name.split()) if word]
    if _is_common("".join(sign for sign in password if sign.isalpha())):
        return True
    judged = zxcvbn(password[:_GUESSED_LENGTH], user_inputs=["kefu", *theirs])
    return bool(judged["score"] < _SAFE_SCORE)


def _is_common(word: str) -> bool:
    """``Password-2026!`` is ``password``, whatever was put around it."""
    try:
        CommonPasswordValidator().validate(word)
    except ValidationError:
        return True
    return False


def _is_like_them(password: str, user: User | None) -> bool:
    try:
        UserAttributeSimilarityValidator(user_attributes=("email", "name")).validate(password, user)
    except ValidationError:
        return True
    return False


def was_theirs(password: str, user: User) -> bool:
    """Whether it is the one they have, or one of the last that the policy remembers. 126 ms each: Argon2 is slow on
    purpose."""
    if user._state.adding:
        return False
    many = SignInPolicy.current().passwords_remembered
    past = PastPassword.objects.filter(user=user).values_list("encoded", flat=True)[: max(0, many - 1)]
    kept = [user.password, *past] if many else []
    return any(check_password(password, encoded) for encoded in kept if encoded)


def is_breached(password: str) -> bool:
    """Whether it is in ``KEFU_BREACHED_PASSWORDS``: lines of SHA-1 in hexadecimal, in order, a count behind a colon or
    not, as haveibeenpwned.com gives them for download. A binary search: some thirty reads whatever the size."""
    path: str = settings.KEFU_BREACHED_PASSWORDS
    if not path:
        return False
    wanted = hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper()
    return _holds_line(Path(path), wanted)


def _holds_line(path: Path, wanted: str) -> bool:
    with path.open("rb") as file:
        low, high = 0, file.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            found = _line_from(file, middle)
            low, high = (middle + 1, high) if found and found < wanted else (low, middle)
        return _line_from(file, low) == wanted


def _line_from(file: BinaryIO, place: int) -> str:
    """The digest on the first line that begins at ``place`` = 0, or behind it; empty at the end."""
    file.seek(place)
    if place:
        file.readline()
    return file.readline()[:_SHA1_HEX].decode("ascii", "replace").upper()
