"""What customers wait for at somebody who is away, spread over those who are there: by the rules of assignment."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from inbox.assigning.choosing import Choice, Worker, choose
from inbox.assigning.rota import fit, on_duty, wishes
from inbox.models import AssignmentRule, Conversation
from inbox.policies import unlocked
from security.access import Access
from security.scoping import ScopedQuerySet

_MOST = 100


@dataclass(frozen=True)
class Planned:
    """``choice`` is ``None`` for what nobody free can take."""

    talk: Conversation
    choice: Choice | None


def waiting_of(access: Access, person_id: int) -> ScopedQuerySet[Conversation]:
    """What waits at somebody, as far as ``access`` sees it; locked ones stay where they are (PM-5)."""
    rows: ScopedQuerySet[Conversation] = Conversation.objects.visible_to(access)
    return rows.filter(unlocked(), assignee_id=person_id, state="open", waiting_since__isnull=False)


def plan_of(access: Access, person_id: int) -> list[Planned]:
    """To whom each would go, the longest waiting first, counting what was given before. Where nothing is given out by
    itself, whoever has least is asked."""
    rows = waiting_of(access, person_id).select_related("contact", "channel__assignment_rule")
    talks = list(rows.order_by("waiting_since", "pk")[:_MOST])
    by_channel: dict[UUID, list[Conversation]] = defaultdict(list)
    for talk in talks:
        by_channel[talk.channel_id].append(talk)
    wanted = {pk: wish for some in by_channel.values() for pk, wish in wishes(_rule_of(some[0]), some).items()}
    people: dict[int, Worker] = {}
    duty = {region_id: _others(region_id, person_id, people) for region_id in {talk.region_id for talk in talks}}
    last: dict[UUID, int | None] = {}
    planned = []
    for talk in talks:
        rule = _rule_of(talk)
        method = rule.method if rule.method != "off" else "least_loaded"
        turn = last.get(talk.channel_id, rule.last_given_to_id)
        choice = choose(method, wanted[talk.pk], fit(talk, duty[talk.region_id]), last=turn)
        if choice is not None:
            choice.worker.load += 1
            last[talk.channel_id] = choice.worker.id
        planned.append(Planned(talk, choice))
    return planned


def _rule_of(talk: Conversation) -> AssignmentRule:
    rule: AssignmentRule | None = getattr(talk.channel, "assignment_rule", None)
    return rule or AssignmentRule(channel=talk.channel)


def _others(region_id: int, person_id: int, known: dict[int, Worker]) -> list[Worker]:
    """Those on duty without the person; whoever works in two regions is one, and has one capacity."""
    return [known.setdefault(worker.id, worker) for worker in on_duty(region_id) if worker.id != person_id]
