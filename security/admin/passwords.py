"""The admin's own password, set through the same action as everybody's."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.views import PasswordChangeView
from unfold.forms import AdminOwnPasswordChangeForm

from security.access import access_of
from security.actions.passwords import set_password
from security.sessions import session_of_request


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    kept: UUID | None = None

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        set_password(
            by=access_of(self.user, session_id=self.kept), user=self.user, password=self.cleaned_data["new_password1"]
        )
        return self.user


class OwnPasswordView(PasswordChangeView):
    form_class = OwnPasswordForm

    def get_form(self, form_class: Any = None) -> OwnPasswordForm:
        """The session in which it is changed goes on."""
        form, row = cast(OwnPasswordForm, super().get_form(form_class)), session_of_request(self.request)
        form.kept = row.pk if row is not None else None
        return form
