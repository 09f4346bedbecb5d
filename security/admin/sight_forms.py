"""The forms of sight: for a person, and for an object."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminRadioSelectWidget

from security.access import Access
from security.actions.sight import give_sight
from security.admin import fields
from security.admin.acts import Act, ActForm
from security.encryption.keyring import KeyGone
from security.encryption.sealing import Unreadable
from security.grantable import Grantable, find_object, grantable_kinds
from security.policies import people_below


def name_of(kind: Grantable, row: Any) -> str:
    """What it is called; a contact that was erased has no name any more."""
    try:
        return kind.called(row)
    except (KeyGone, Unreadable):
        return str(row.pk)


class SightForPersonForm(ActForm):
    """One of the few things by choosing, or one of the many by looking for it."""

    called: ClassVar[Mapping[str, str]] = {"object": "place", "person": "place"}
    place = fields.choice(_("Region or channel"), (), required=False, searched=True)
    wanted = fields.words(
        _("Conversation"),
        longest=80,
        required=False,
        help_text=_("The customer's number, or a part of the name; names are looked for in the latest conversations."),
    )
    found = forms.ChoiceField(
        label=_("Which of them?"), choices=(), required=False, widget=UnfoldAdminRadioSelectWidget()
    )
    reason = fields.reason()

    def prepare(self, who: Access, row: Any) -> None:
        self._who = who
        groups = [
            (kind.title, [(f"{kind.label} {one.pk}", name_of(kind, one)) for one in kind.seen_by(who)])
            for kind in grantable_kinds()
            if not kind.many
        ]
        self.fields["place"].choices = fields.blank(groups)  # type: ignore[attr-defined]
        matches = self._matches(self.data.get("wanted", "")) if self.is_bound else []
        if len(matches) > 1:
            self.fields["found"].choices = matches  # type: ignore[attr-defined]
        else:
            del self.fields["found"]
        self._found = matches

    def clean(self) -> None:
        given = self.cleaned_data
        if bool(given.get("place")) == bool(given.get("wanted")):
            self.add_error("place", _("Choose a region or a channel, or look for a conversation."))
        elif given.get("wanted"):
            given["place"] = given.get("found") or (self._found[0][0] if len(self._found) == 1 else "")
            if not self._found:
                self.add_error("wanted", _("No conversation that you see fits."))
            elif not given["place"]:
                self.add_error("found", _("Several fit: choose one."))

    def _matches(self, looked_for: str) -> list[tuple[str, str]]:
        return [
            (f"{kind.label} {one.pk}", f"{name_of(kind, one)} · {one.channel}")
            for kind in grantable_kinds()
            if kind.look_for is not None
            for one in kind.look_for(self._who, looked_for[:80])
        ]


class SightOfObjectForm(ActForm):
    person = fields.person(_("Person"))
    reason = fields.reason()

    def prepare(self, who: Access, row: Any) -> None:
        self.fields["person"].queryset = people_below(who)  # type: ignore[attr-defined]


def see_also(who: Access, row: Any, given: dict[str, Any]) -> None:
    """For a person: what was chosen is looked up among what the giver sees."""
    label, _space, pk = given["place"].partition(" ")
    give_sight(by=who, user=row, on=find_object(who, label, pk), reason=given["reason"])


def _let_see(who: Access, row: Any, given: dict[str, Any]) -> None:
    on = find_object(who, row._meta.label_lower, str(row.pk))
    give_sight(by=who, user=given["person"], on=on, reason=given["reason"])


LET_SEE = Act(
    "let-see",
    _("Let somebody see…"),
    _("They see this one besides their regions, until it is taken back."),
    _let_see,
    _("They see it now."),
    form=SightOfObjectForm,
    icon="visibility",
)
