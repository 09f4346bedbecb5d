"""``python -m tests.bench.levels``: one person of each level in a load world, as JSON: level → address.

An agent becomes a trainee with some conversations, another finance with some payments to look at: whom nearly
everything is hidden from.
"""

import json
import os

import django

_WHY = "the bench: somebody of each level"
_LEVELS = ("admin", "supervisor", "senior", "agent", "observer")
_THEIRS = 200  # conversations


def chosen() -> dict[str, str]:
    from django.utils import timezone

    from inbox.models import Conversation
    from security.actions.duties import give_duty
    from security.actions.traineeships import start_traineeship
    from security.models import User
    from tests.conftest import BY

    by_level = {level: list(User.objects.filter(groups__name=level).order_by("pk")[:3]) for level in _LEVELS}
    people = {level: found[0] for level, found in by_level.items()}
    trainee, finance = by_level["agent"][1:]
    start_traineeship(by=BY, user=trainee)
    give_duty(by=BY, user=finance, duty="finance")
    for person, what in ((trainee, {"assignee": trainee}), (finance, {"payment_marked_at": timezone.now()})):
        mine = Conversation.objects.for_system(_WHY).filter(region__in=person.regions.all())
        mine.filter(pk__in=list(mine.order_by("-last_activity_at").values_list("pk", flat=True)[:_THEIRS])).update(
            **what
        )
    return {level: person.email for level, person in {**people, "trainee": trainee, "finance": finance}.items()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps(chosen()))
