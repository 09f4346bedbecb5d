"""Policy settings of the inbox: the bold numbers of the product's sending and service rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from security.policy import Policy, bounded


class InboxPolicy(Policy):
    # SR-4: pace per channel
    pace_first_month = bounded(
        _("pace in the first month"), 200, 1, 80_000, _("Messages a minute per channel in its first month (SR-4: 200).")
    )
    pace_after = bounded(
        _("pace afterwards"), 500, 1, 80_000, _("Messages a minute per channel afterwards (SR-4: 500).")
    )
    pace_hard_stop = bounded(
        _("pace never exceeded"), 1000, 1, 80_000, _("Messages a minute that no setting exceeds (SR-4: 1,000).")
    )
    first_month_days = bounded(_("length of the first month"), 30, 0, 365, _("Days that count as the first month."))
    # Windows (SR-1)
    window_hours = bounded(
        _("service window (hours)"),
        24,
        1,
        72,
        _("Hours a customer's message keeps the conversation open for free answers."),
    )
    window_margin_seconds = bounded(
        _("margin of the window (seconds)"),
        180,
        0,
        1800,
        _("Treat the window as closed this much early: sending takes time."),
    )
    # Outbox
    send_timeout_seconds = bounded(_("time for a send call (seconds)"), 30, 2, 300, _("How long a send call may take."))
    claim_timeout_seconds = bounded(
        _("time in 'sending' (seconds)"), 120, 10, 3600, _("A message in 'sending' for longer was left by a crash.")
    )
    sweep_after_seconds = bounded(
        _("time in the queue (seconds)"), 5, 1, 600, _("A message still queued after this is enqueued again.")
    )
    send_attempts = bounded(
        _("attempts at sending"), 5, 1, 20, _("Attempts at a send that WhatsApp says may be repeated.")
    )
    retry_base_seconds = bounded(
        _("first wait (seconds)"),
        4,
        1,
        60,
        _("First wait before repeating; each further one is this much longer (4^n)."),
    )
    # TS-1: pauses of a channel
    throttle_pause_minutes = bounded(
        _("pause after throttling (minutes)"),
        60,
        1,
        1440,
        _("How long a number is quiet after WhatsApp throttled it without saying for how long (TS-1: 1 hour)."),
    )
    burst_messages = bounded(
        _("a burst is more than (messages)"),
        500,
        1,
        100_000,
        _("A throttled number says whether more than this were sent shortly before (TS-1: 500)."),
    )
    burst_minutes = bounded(
        _("a burst is within (minutes)"), 10, 1, 120, _("The minutes before a throttling that are counted (TS-1: 10).")
    )
    probe_seconds = bounded(
        _("look again after (seconds)"),
        300,
        10,
        86_400,
        _("How long a number whose token or permission failed waits until Kefu looks whether it works again."),
    )
    health_minutes = bounded(
        _("health is fresh for (minutes)"),
        10,
        1,
        1440,
        _("How old WhatsApp's judgement of a number may be when shown."),
    )
    check_timeout_seconds = bounded(
        _("time for a check of a number (seconds)"),
        8,
        1,
        60,
        _("How long WhatsApp may take to say how it judges a number: somebody waits."),
    )
    templates_timeout_seconds = bounded(
        _("time for a list of templates (seconds)"),
        20,
        2,
        120,
        _("How long WhatsApp may take to list all templates, or all forms, of an account: somebody waits."),
    )
    # Webhooks and media
    drain_batch = bounded(_("webhook bodies at a time"), 200, 1, 5000, _("Webhook bodies applied in one transaction."))
    drain_kilobytes = bounded(
        _("kilobytes of webhooks at a time"),
        512,
        16,
        65_536,
        _("Kilobytes of webhook bodies applied in one transaction, at least one."),
    )
    webhook_attempts = bounded(
        _("attempts at a webhook body"), 3, 1, 20, _("Attempts at a body before it is set aside.")
    )
    # WhatsApp keeps a customer's file 7 days (168 hours); six of them are a margin.
    media_patience_hours = bounded(
        _("patience with a file (hours)"),
        162,
        1,
        168,
        _("Hours a customer's file is tried for before it counts as lost."),
    )
    media_link_hours = bounded(
        _("addresses of files (hours)"),
        24,
        2,
        168,
        _("Hours the address of a file in a message opens it, for those who see the message."),
    )
    voice_minutes = bounded(
        _("longest voice note (minutes)"),
        15,
        1,
        60,
        _("Minutes a recording of our own may last: a worker converts it, which takes some seconds."),
    )
    upload_keep_hours = bounded(
        _("unsent files are kept (hours)"),
        24,
        1,
        720,
        _("Hours an attached file is kept for a message that is not sent."),
    )
    webhook_retention_days = bounded(
        _("webhook retention (days)"), 30, 7, 365, _("Days the raw webhook bodies are kept after they were applied.")
    )
    account_retention_days = bounded(
        _("account events are kept (days)"),
        365,
        30,
        3650,
        _("Days that news of an account and the pauses that have ended are kept."),
    )
    # Working together (PM-5, PM-11)
    snooze_days = bounded(_("longest snooze (days)"), 90, 1, 366, _("How far ahead a conversation may be put aside."))
    snooze_wakes_before_window = models.BooleanField(
        _("wake before the window closes"),
        default=True,
        help_text=_("A snoozed conversation comes back while a free answer may still leave."),
    )
    snooze_window_minutes = bounded(
        _("wake before the window (minutes)"),
        60,
        5,
        720,
        _("How long before the service window closes a snoozed conversation comes back."),
    )
    lock_minutes = bounded(
        _("a lock lasts (minutes)"), 30, 1, 1440, _("How long a locked conversation stays locked by itself (PM-5).")
    )
    bulk_most = bounded(_("changed at once"), 100, 1, 500, _("How many conversations may be changed in one go."))
    bulk_undo_seconds = bounded(
        _("undo within (seconds)"), 60, 5, 3600, _("How long what was done to many at once can be taken back.")
    )
    saved_views_most = bounded(_("saved views"), 30, 1, 200, _("How many saved views a person, or a region, may have."))
    notification_days = bounded(
        _("notifications are kept (days)"), 30, 1, 365, _("Days after which a notification is deleted, read or not.")
    )
    handover_needs_summary = models.BooleanField(
        _("handing over needs a summary"),
        default=True,
        help_text=_("Whoever hands a conversation to somebody says what was asked and what is still open."),
    )
    note_files = bounded(_("files of a note"), 10, 0, 50, _("How many files an internal note may have."))
    sla_near_percent = bounded(
        _("at risk from (percent)"),
        80,
        10,
        99,
        _("How much of a promised time has passed when a conversation counts as at risk."),
    )
    # Behaviour
    assign_on_reply = models.BooleanField(
        _("assign on reply"), default=True, help_text=_("Answering an unassigned conversation takes it.")
    )
    send_read_receipts = models.BooleanField(
        _("send read receipts"),
        default=False,
        help_text=_("Tell WhatsApp that a message was read, when an agent answers."),
    )
    send_typing = models.BooleanField(
        _("show typing"),
        default=False,
        help_text=_("Show the customer that an agent types. WhatsApp shows the messages as read with it."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("inbox policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
