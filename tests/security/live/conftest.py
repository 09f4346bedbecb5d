"""A served Kefu with a number in each region, and the short heartbeat these tests wait for."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from inbox.models import Channel
from security.models import Presence, SecurityPolicy, User
from security.policy import Policy
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.serving import Served


@dataclass
class World:
    cast: Cast
    kefu: Served
    shop: Channel
    bureau: Channel

    @property
    def asia(self) -> str:
        return f"region:{self.cast.asia.pk}"

    @property
    def europe(self) -> str:
        return f"region:{self.cast.europe.pk}"


def beat_every(seconds: int) -> None:
    """Below what an admin may set: tests must not wait for five seconds."""
    SecurityPolicy.objects.update_or_create(pk=1, defaults={"heartbeat_seconds": seconds})
    Policy.forget()


@pytest.fixture
def world(kefu: Served, cast: Cast) -> World:
    """``shop`` is in Asia, ``bureau`` in Europe. Everybody counts as there already: no tab that opens is news."""
    Presence.objects.bulk_create([Presence(user=user, seen_at=timezone.now()) for user in User.objects.all()])
    return World(cast, kefu, channel(cast.asia), channel(cast.europe))
