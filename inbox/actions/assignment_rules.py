"""How a number's queue is given out: set by a supervisor, in force at once."""

from django.utils.translation import gettext_lazy as _

from inbox.assigning.hints import dispatch_soon
from inbox.models import AssignmentRule, Channel
from inbox.models.assigning import LANGUAGE_WISHES, METHODS
from security.access import Access
from security.actions.work import checked_skills
from security.errors import Invalid, NotFound, require
from security.models import Team
from security.writing import write


def set_assignment_rule(
    *, by: Access, channel_id: object, method: str, team_id: int | None, skill: str, language: str, returning: bool
) -> Channel:
    """Set the whole rule of a number of one's regions."""
    with write(by=by) as change:
        channel: Channel = Channel.objects.visible_to(by).locked().get_or_404(channel_id)
        require(channel.region_id in by.region_ids, NotFound)
        require(by.can("security.arrange_work"))
        wanted = {
            "method": _one_of(METHODS, method, "method"),
            "team_id": _checked_team(channel, team_id),
            "skill": (checked_skills([skill]) or [""])[0],
            "language": _one_of(LANGUAGE_WISHES, language, "language"),
            "returning": returning,
        }
        rule, _made = AssignmentRule.objects.select_for_update().get_or_create(channel=channel)
        before = {name: getattr(rule, name) for name in wanted}
        if before != wanted:
            for name, value in wanted.items():
                setattr(rule, name, value)
            rule.save()
            told = {name: [before[name], wanted[name]] for name in wanted if before[name] != wanted[name]}
            change.record("channel.assignment_set", channel, **told)
        dispatch_soon(change, channel)
    return channel


def _one_of(choices: tuple[tuple[str, object], ...], value: str, field: str) -> str:
    if value not in dict(choices):
        raise Invalid(field=field)
    return value


def _checked_team(channel: Channel, team_id: int | None) -> int | None:
    if team_id is not None and not Team.objects.filter(pk=team_id, region_id=channel.region_id).exists():
        raise Invalid(field="team", message=_("Choose a team of the same region."))
    return team_id
