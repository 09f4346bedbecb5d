"""Reads of assignment: who could be given a conversation, why somebody was, how a number's queue is given out."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from contacts.shapes import AuthorShape
from inbox.assigning.rota import bare, capacity_of, fit, loads_of, on_duty, workers_of
from inbox.assigning.shapes import (
    AssigneeShape,
    AssigneesShape,
    AssignmentShape,
    CandidateShape,
    RuleShape,
    WorkShape,
)
from inbox.models import Assignment, AssignmentRule, Channel, Conversation
from inbox.shapes import TeamBriefShape
from security.access import Access, accesses_of
from security.models import Team, User, WorkProfile
from security.names import names_of, team_names_of
from security.policies import colleagues_of

_MOST_TOLD = 50


def assignees(*, access: Access, conversation_id: object) -> AssigneesShape:
    """Those a conversation can be given to: they would see it and may answer it. Available ones first, least first."""
    conversation: Conversation = Conversation.objects.visible_to(access).get_or_404(conversation_id)
    teams = Team.objects.filter(region_id=conversation.region_id)
    return AssigneesShape(people=_fit_for([conversation]), teams=[TeamBriefShape(team.pk, team.name) for team in teams])


def assignees_of_all(*, access: Access, ids: Sequence[object]) -> AssigneesShape:
    """The same of several: whoever could have each of those that ``access`` sees. Teams are given one at a time."""
    rows = list(Conversation.objects.visible_to(access).filter(pk__in=ids))
    return AssigneesShape(people=_fit_for(rows) if rows else [], teams=[])


def _fit_for(conversations: Sequence[Conversation]) -> list[AssigneeShape]:
    """Whoever fits all; what they have is asked once, whatever the number of conversations."""
    there = User.objects.filter(
        is_active=True, memberships__region_id__in={conversation.region_id for conversation in conversations}
    )
    people = {person.pk: person for person in there.select_related("presence")}
    fitting = workers_of(list(people.values()))
    for conversation in conversations:
        fitting = fit(conversation, fitting)
    shapes = [
        AssigneeShape(
            id=worker.id,
            name=worker.access.name,
            availability=people[worker.id].availability,
            is_here=_is_here(people[worker.id]),
            load=worker.load,
            capacity=worker.capacity,
            languages=sorted(worker.languages),
            skills=sorted(worker.skills),
        )
        for worker in fitting
    ]
    return sorted(shapes, key=lambda one: (one.availability == "away", not one.is_here, one.load, one.name))


def assignments(*, access: Access, conversation_id: object) -> list[AssignmentShape]:
    """Who had a conversation and why they were given it, newest first."""
    conversation: Conversation = Conversation.objects.visible_to(access).get_or_404(conversation_id)
    rows = Assignment.objects.visible_to(access).filter(conversation=conversation)
    found = list(rows.order_by("-assigned_at", "-pk")[:_MOST_TOLD])
    # Whoever sees only this one conversation of the region learns nothing of who else works there (PM-3).
    colleagues = conversation.region_id in access.region_ids
    candidates = {row.pk: row.why.get("candidates", []) if colleagues else [] for row in found}
    people = [pk for row in found for pk in (row.assignee_id, row.assigned_by_id)]
    names = names_of(people + [one[0] for told in candidates.values() for one in told])
    teams = team_names_of(row.why.get("team") for row in found)
    return [_assignment(row, candidates[row.pk], names, teams) for row in found]


def _assignment(
    row: Assignment, candidates: Sequence[Any], names: dict[int, str], teams: dict[int, str]
) -> AssignmentShape:
    by = row.assigned_by_id
    return AssignmentShape(
        id=row.pk,
        assignee=AuthorShape(id=row.assignee_id, name=names.get(row.assignee_id, "")),
        by=AuthorShape(id=by, name=names.get(by, "")) if by is not None else None,
        at=row.assigned_at,
        ended_at=row.ended_at,
        ended_how=row.ended_how,
        method=row.method,
        rule=row.why.get("rule", ""),
        language=row.why.get("language", ""),
        skill=row.why.get("skill", ""),
        team=teams.get(row.why.get("team"), ""),
        candidates=[
            CandidateShape(id=pk, name=names.get(pk, ""), load=load, capacity=capacity, out=out)
            for pk, load, capacity, out in candidates
        ],
        more=row.why.get("more", 0),
    )


def rules(*, access: Access) -> list[RuleShape]:
    """Every number of the reader's regions with its rule, if it has one."""
    channels = Channel.objects.visible_to(access).filter(region_id__in=access.region_ids)
    found = list(channels.select_related("assignment_rule__team").order_by("name"))
    queue = Conversation.objects.visible_to(access).filter(
        channel__in=[channel.pk for channel in found], assignee=None, waiting_since__isnull=False, state="open"
    )
    waiting = dict(queue.order_by().values_list("channel_id").annotate(Count("pk")))
    duty = {region_id: len(on_duty(region_id)) for region_id in {channel.region_id for channel in found}}
    return [rule_shape(channel, waiting.get(channel.pk, 0), duty[channel.region_id]) for channel in found]


def rule_shape(channel: Channel, waiting: int, duty: int) -> RuleShape:
    rule = getattr(channel, "assignment_rule", None) or AssignmentRule(channel=channel)
    return RuleShape(
        channel_id=str(channel.pk),
        channel_name=channel.name,
        region_id=channel.region_id,
        method=rule.method,
        team=TeamBriefShape(rule.team.pk, rule.team.name) if rule.team is not None else None,
        skill=rule.skill,
        language=rule.language,
        returning=rule.returning,
        waiting=waiting,
        on_duty=duty,
    )


def work(*, access: Access, user_id: int | None = None) -> list[WorkShape]:
    """What each colleague who may answer can be given, by name; with ``user_id`` of that one only."""
    people = colleagues_of(access)
    if user_id is not None:
        people = people.filter(Q(pk=user_id))
    found = {person.pk: person for person in people.prefetch_related("team_memberships__team")}
    answering = {
        pk: one for pk, one in accesses_of(list(found.values())).items() if one.can("inbox.reply_conversation")
    }
    works, loads = WorkProfile.objects.in_bulk(list(answering)), loads_of(answering)
    return [
        _work(person, answering[pk], works.get(pk), loads.get(pk, 0), access)
        for pk, person in found.items()
        if pk in answering
    ]


def _work(person: User, theirs: Access, profile: WorkProfile | None, load: int, reader: Access) -> WorkShape:
    teams = [row.team for row in person.team_memberships.all()]
    return WorkShape(
        id=person.pk,
        name=person.name,
        level=theirs.level,
        trainee=theirs.trainee,
        availability=person.availability,
        is_here=_is_here(person),
        region_ids=sorted(theirs.region_ids & reader.region_ids),
        team_ids=sorted(team.pk for team in teams if team.region_id in reader.region_ids),
        load=load,
        capacity=profile.capacity if profile is not None else None,
        usual_capacity=capacity_of(theirs, None),
        languages=list(profile.languages) if profile is not None else [],
        own_language=bare(person.language),
        skills=list(profile.skills) if profile is not None else [],
    )


def _is_here(person: User) -> bool:
    return hasattr(person, "presence") and person.presence.is_here
