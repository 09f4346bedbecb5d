"""What admins fill: names of people, teams, regions and numbers, and reasons; by the same actions as Django admin's."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from inbox.models import Channel
from security.actions.duties import give_duty, take_duty
from security.actions.grants import give_grant
from security.actions.people import add_person
from security.actions.regions import change_region
from security.actions.teams import add_team
from security.models import Region, User
from tests.attacks.corpus import Garden
from tests.conftest import BY, PASSWORD


def fill_office(garden: Garden, region: Region, talker: User) -> None:
    """``talker`` is given and taken duties and rights, with reasons."""
    people = [_person(garden.named, number, name, region) for number, name in _numbered(garden, "person.name", 80)]
    for _number, name in _numbered(garden, "team.name", 80):
        add_team(by=BY, region=region, name=name, people=[people[0].pk])
    for _number, reason in _numbered(garden, "duty.reason", 400):
        give_duty(by=BY, user=talker, duty="finance", reason=reason)
        take_duty(by=BY, user=talker, duty="finance", reason=reason)
    ends_at = timezone.now() + timedelta(hours=8)
    for person, (_number, reason) in zip(people, _numbered(garden, "grant.reason", 400), strict=False):
        give_grant(by=BY, user=person, duty="data_protection", ends_at=ends_at, reason=reason)
    named = garden.one("region.name", '"><svg/onload=owned("@@")>')
    change_region(by=BY, region_id=region.pk, name=named, time_zone="Asia/Taipei")
    # A number's own name is what WhatsApp calls it; no page of ours changes it.
    number = Channel.objects.for_system("the test names it").filter(region=region).order_by("pk").first()
    assert number is not None
    Channel.objects.for_system("the test names it").filter(pk=number.pk).update(
        name=garden.one("channel.name", '</script><script>owned("@@")</script>')
    )


def _numbered(garden: Garden, place: str, longest: int) -> list[tuple[int, str]]:
    return list(enumerate(garden.all(place, longest=longest)))


def _person(garden: str, number: int, name: str, region: Region) -> User:
    fields: dict[str, Any] = {"email": f"planted{garden}{number}@kefu.test", "name": name, "password": PASSWORD}
    return add_person(by=BY, level="agent", regions=[region], **fields)
