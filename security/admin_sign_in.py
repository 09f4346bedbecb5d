"""The admin's own sign-in form: whoever is locked is told so, once the password was right."""

from typing import Any

from django import forms
from unfold.forms import AuthenticationForm

from security.actions.locks import refuse_locked
from security.errors import Refusal


class SignInForm(AuthenticationForm):
    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        try:
            refuse_locked(user)
        except Refusal as refusal:
            raise forms.ValidationError(f"{refusal.message} {refusal.remedy}") from refusal
