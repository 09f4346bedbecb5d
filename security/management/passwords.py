"""A new password for a command: from the environment, or asked for; never an argument, which a shell remembers."""

import getpass
import os

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError


def new_password() -> str:
    """``KEFU_NEW_PASSWORD``, or what is typed. Raises ``CommandError`` with what it lacks."""
    password = os.environ.get("KEFU_NEW_PASSWORD") or getpass.getpass("Password: ")
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
