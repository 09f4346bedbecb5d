"""Phishing drills: planned, sent when their time has come, counted, ended (SE-9)."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, System
from security.actions.reasons import because
from security.drill.mails import KINDS, mail_to
from security.drill.stage import stage
from security.errors import AlreadyDecided, Invalid, Missing, require
from security.models import DrillMail, PhishingDrill, SelfcheckPolicy, User
from security.writing import write

logger = logging.getLogger(__name__)
_BY = System("phishing drills")
_TRIES = 3
_CLAIM_HOLDS = timedelta(minutes=10)
_LONGEST_AHEAD = timedelta(days=366)
_TITLE_MAX, _AT_ONCE = 80, 500


def plan_drill(
    *, by: Access, title: str, kind: str, people: Sequence[int] | None, planned_at: datetime | None = None
) -> PhishingDrill:
    """To ``people``, or to everybody who may sign in (``None``); now, or when the time comes."""
    require(by.level == "admin")
    if not title.strip():
        raise Missing(field="title")
    if len(title) > _TITLE_MAX or not title.isprintable():
        raise Invalid(field="title")
    if kind not in KINDS:
        raise Invalid(field="kind")
    stage()  # refuses where there is none
    now = timezone.now()
    at = max(planned_at or now, now)
    if at > now + _LONGEST_AHEAD:
        raise Invalid(field="planned_at")
    reached = User.objects.filter(is_active=True, locked_at=None)
    chosen = list((reached if people is None else reached.filter(pk__in=people)).values_list("pk", flat=True))
    if not chosen:
        raise Invalid(field="people", message=_("None of them can be reached."))
    with write(by=by) as change:
        drill = PhishingDrill.objects.create(
            title=title.strip(),
            kind=kind,
            planned_at=at,
            ends_at=at + timedelta(days=SelfcheckPolicy.current().drill_days),
            made_by_id=by.user_id,
        )
        DrillMail.objects.bulk_create(DrillMail(drill=drill, person_id=pk) for pk in chosen)
        change.record("drill.planned", drill, title=drill.title, count=len(chosen))
    return drill


def cancel_drill(*, by: Access, drill_id: int, reason: str) -> None:
    """What was not sent yet is not sent any more."""
    require(by.level == "admin")
    told = because(by, reason)
    with write(by=by) as change:
        drill = PhishingDrill.objects.select_for_update().get(pk=drill_id)
        require(drill.state in ("planned", "running"), AlreadyDecided)
        drill.state = "cancelled"
        drill.save(update_fields=["state"])
        change.record("drill.cancelled", drill, title=drill.title, **told)


def run_drills() -> list[UUID]:
    """Begin what is due, end what is over; returns the mails that are to be sent now."""
    now = timezone.now()
    _turn(PhishingDrill.objects.filter(state="planned", planned_at__lte=now), "running", "drill.begun")
    _turn(PhishingDrill.objects.filter(state="running", ends_at__lte=now), "over", "drill.ended")
    waiting = DrillMail.objects.filter(_unsent(now), drill__state="running").order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:_AT_ONCE])


def send_drill_mail(mail_id: UUID) -> None:
    """Send one, claimed first: two workers do not both send it. A process that dies in between may have; it is tried
    again after some minutes, three times in all."""
    now = timezone.now()
    rows = DrillMail.objects.filter(_unsent(now), pk=mail_id, drill__state="running", person__is_active=True)
    mine = DrillMail.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).filter(_unsent(now))
    if not mine.update(claimed_at=now, tries=F("tries") + 1):
        return
    row = DrillMail.objects.select_related("drill", "person").get(pk=mail_id)
    try:
        mail_to(row).send()
    except Exception as error:
        logger.warning("a drill's mail could not be sent", exc_info=True)
        if row.tries >= _TRIES:
            DrillMail.objects.filter(pk=mail_id).update(failed=type(error).__name__)
        return
    DrillMail.objects.filter(pk=mail_id).update(sent_at=timezone.now())


def note_opened(mail_id: UUID) -> None:
    """The first time counts."""
    _counting().filter(pk=mail_id, opened_at=None).update(opened_at=timezone.now())


def note_reported(mail_id: UUID) -> None:
    _counting().filter(pk=mail_id, reported_at=None).update(reported_at=timezone.now())


def _counting() -> QuerySet[DrillMail]:
    return DrillMail.objects.filter(sent_at__isnull=False, drill__state="running", drill__ends_at__gt=timezone.now())


def _unsent(now: datetime) -> Q:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - _CLAIM_HOLDS)
    return Q(sent_at=None, failed="", tries__lt=_TRIES) & free


def _turn(due: QuerySet[PhishingDrill], state: str, deed: str) -> None:
    for pk in due.order_by("pk").values_list("pk", flat=True):
        with write(by=_BY) as change:
            drill = due.select_for_update().filter(pk=pk).first()
            if drill is None:
                continue  # another worker was faster
            drill.state = state
            drill.save(update_fields=["state"])
            change.record(deed, drill, title=drill.title)
