"""Whoever has finished enough, and well enough, is proposed for promotion (PM-4)."""

from django.utils import timezone

from inbox.coaching.notices import notify_people
from inbox.coaching.progress import Learner, progress_of
from security.access import System
from security.actions.traineeships import prompt_promotion
from security.models import Membership, Traineeship
from security.trainees import is_over, leaders_of
from security.writing import write

_BY = System("progress of trainees")


def look_at(user_id: int) -> bool:
    """Propose it to those who lead them, once. Whether that was done now."""
    row = Traineeship.objects.filter(user_id=user_id, ended_at=None, prompted_at=None).select_related("user").first()
    if row is None or is_over(row) or (row.prompt_again_at is not None and row.prompt_again_at > timezone.now()):
        return False
    if not progress_of([Learner.of(row)])[user_id].is_ready:
        return False
    with write(by=_BY) as change:
        fresh = prompt_promotion(change, row)
        if fresh:
            regions = list(Membership.objects.filter(user_id=user_id).values_list("region_id", flat=True))
            to = {*leaders_of(regions), *row.mentors.values_list("pk", flat=True)}
            notify_people(change, to=to, kind="trainee.promotable", person=user_id)
    return fresh


def look_at_everybody() -> int:
    """Hourly, for whatever a lost task left out."""
    running = Traineeship.objects.filter(ended_at=None, prompted_at=None).values_list("user_id", flat=True)
    return sum(look_at(user_id) for user_id in list(running))
