"""The admin's own password, set through the same action as everybody's."""

from typing import Any

from unfold.forms import AdminOwnPasswordChangeForm

from security.access import access_of
from security.actions.passwords import set_password


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        set_password(by=access_of(self.user), user=self.user, password=self.cleaned_data["new_password1"])
        return self.user
