"""A new password for a command: from the environment, or asked for; never an argument, which a shell remembers."""

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError


def new_password() -> str:
    """``KEFU_NEW_PASSWORD``, or what is typed. Raises ``CommandError`` with what it lacks."""
    password = os.environ.get("KEFU_NEW_PASSWORD") or _typed()
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password


def _typed() -> str:
    if not sys.stdin.isatty():
        raise CommandError("Nobody is there to type a password: give one in KEFU_NEW_PASSWORD.")
    return getpass.getpass("Password: ")
