"""Policy settings of the contacts app."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class ContactsPolicy(Policy):
    name_max = bounded(_("longest name"), 120, 20, 500, _("Longest name of a contact, in characters."))
    note_max = bounded(_("longest note"), 4000, 200, 20000, _("Longest note, in characters."))

    tags_most = bounded(_("most tags"), 500, 20, 5000, _("How many tags a region may have."))
    tags_on_one = bounded(
        _("most tags on one"), 30, 3, 200, _("How many tags a contact, or a conversation, may have at a time.")
    )
    fields_most = bounded(_("most custom fields"), 60, 5, 300, _("How many custom fields a region may have."))
    field_value_max = bounded(
        _("longest value of a field"), 1000, 50, 10000, _("Longest text in a custom field, in characters.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("contacts policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ConditionsPolicy(Policy):
    """How large a question may be that rules and segments ask."""

    depth_most = bounded(_("groups within groups"), 4, 1, 8, _("How deep the groups of conditions may be nested."))
    conditions_most = bounded(_("most conditions"), 40, 1, 200, _("How many conditions a rule or a segment may have."))
    words_most = bounded(_("values of a condition"), 100, 1, 1000, _("How many words or choices a condition may name."))
    word_max = bounded(_("longest word"), 80, 10, 500, _("Longest word of a condition, in characters."))

    class Meta:
        verbose_name = verbose_name_plural = _("conditions policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class PrivacyPolicy(Policy):
    """How long what leaves the house stays within reach, and how long there is to notice that history shall go."""

    export_hours = bounded(
        _("an export can be downloaded for (hours)"),
        48,
        1,
        720,
        _("After so many hours the export of a contact is destroyed, with its key."),
    )
    retention_wait_hours = bounded(
        _("shorter retention begins after (hours)"),
        24,
        1,
        720,
        _("When a region is to delete, or to keep less long, it begins so many hours later: time to notice."),
    )
    grave = True

    class Meta:
        verbose_name = verbose_name_plural = _("privacy policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ConsentPolicy(Policy):
    """What counts as consent, and what of it may be brought at once (SR-2)."""

    grave = True

    needs_opt_in = models.BooleanField(
        _("marketing needs consent"),
        default=True,
        help_text=_("Whoever never said that they want marketing is sent none; otherwise only who stopped it is not."),
    )
    words_most = bounded(_("most words"), 60, 5, 500, _("Words with which people stop marketing, in each region."))
    proof_megabytes = bounded(
        _("largest proof (MB)"), 10, 1, 50, _("Size of a file that proves what somebody agreed to.")
    )
    rows_most = bounded(
        _("consents at a time"), 500, 1, 5000, _("Lines of the consent register that one request may bring.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("consent policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class SegmentsPolicy(Policy):
    """How many segments there may be, and how long their sizes are kept (CM-4)."""

    segments_most = bounded(_("most segments"), 200, 1, 2000, _("Segments in use of one region."))
    history_days = bounded(_("size history (days)"), 730, 7, 3650, _("How long the daily size of a segment is kept."))
    preview = bounded(_("people shown"), 10, 1, 50, _("How many people are shown while conditions are being edited."))

    class Meta:
        verbose_name = verbose_name_plural = _("segments policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
