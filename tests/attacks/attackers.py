"""Who attacks, and what must stay hidden from them: what Asia has, and what it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.utils import timezone
from guardian.shortcuts import assign_perm

from contacts.models import Note
from inbox.actions.assignments import assign_conversation
from inbox.models import Conversation, Media, Message
from security.access import Access, access_of
from security.actions.duties import give_duty
from security.actions.levels import set_level
from security.actions.people import add_person, leave_region
from security.actions.traineeships import start_traineeship
from security.encryption.keyring import forget_keys
from security.limits.buckets import forget_taken
from security.models import Region, User
from security.network.allowlist import forget_lists
from security.policy import Policy
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.asia import Asia, asia
from tests.worlds.customers import customer
from tests.worlds.threads import messages, thread

WHY = "the test looks"
# What is said in Asia, in the order of ``tests/worlds/asia.py``.
WORDS = ("Is the blue one in stock?", "One moment", "Prefers mornings", "Mei Lin")
ATTACKERS = (
    "agent of elsewhere",
    "admin of elsewhere",
    "trainee with one of her own",
    "finance",
    "helper with one of Asia's",
    "former member",
    "observer, of what is old",
)


@dataclass(frozen=True)
class Attacker:
    """``hidden``: every text that would tell of what is not theirs. ``own``: a conversation they do see, if any."""

    name: str
    user: User
    hidden: tuple[str, ...]
    own: Conversation | None = None

    @property
    def access(self) -> Access:
        return access_of(User.objects.get(pk=self.user.pk))

    @property
    def browser(self) -> Client:
        client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
        client.force_login(self.user)
        return client


@dataclass(frozen=True)
class Scene:
    """Asia, and somebody who should not see it or not all of it."""

    world: Asia
    attacker: Attacker

    def betrayed_by(self, told: str) -> list[str]:
        return [secret for secret in self.attacker.hidden if secret in told]


def scene(cast: Cast, name: str) -> Scene:
    world = asia(cast)
    if name == "observer, of what is old":
        return Scene(world, _observer(world))
    own = None
    if name == "agent of elsewhere":
        user = cast.cho
    elif name == "admin of elsewhere":
        user = _somebody("admin", cast.europe)
    elif name == "former member":
        user = _somebody("senior", cast.asia)
        leave_region(by=BY, user=user, region=cast.asia)
    elif name == "finance":
        user = _somebody("agent", cast.asia)
        give_duty(by=BY, user=user, duty="finance")
    elif name == "trainee with one of her own":
        user = _somebody("agent", cast.asia)
        own = thread(world.channel, customer("Chen Yu"), "Something else")
        assign_conversation(by=cast.access("fay"), conversation_id=own.pk, to=user.pk)
        start_traineeship(by=BY, user=user)
    else:
        user = _somebody("agent", cast.europe)
        own = thread(world.channel, customer("Chen Yu"), "Something else")
        assign_perm("inbox.see_conversation", user, own)
    return Scene(world, Attacker(name, user, (*WORDS, *_ids(world.talk, world)), own))


def _somebody(level: str, region: Region) -> User:
    return add_person(by=BY, email=f"{level}@attack.test", name="Uma", password=PASSWORD, level=level, regions=[region])


def _observer(world: Asia) -> Attacker:
    """Everything that was said in Asia is older than what observers may read (SE-5)."""
    old = timezone.now() - timedelta(days=8)
    set_level(by=BY, user=world.cast.eli, level="observer")
    Message.objects.for_system(WHY).filter(conversation=world.talk).update(at=old)
    Conversation.objects.for_system(WHY).filter(pk=world.talk.pk).update(last_activity_at=old, created_at=old)
    return Attacker("observer, of what is old", world.cast.eli, WORDS[:2])


def _ids(talk: Conversation, world: Asia) -> list[str]:
    """Of the conversation, its contact, and all that hangs on them."""
    notes = Note.objects.for_system(WHY).filter(contact=talk.contact_id).values_list("pk", flat=True)
    files = Media.objects.for_system(WHY).filter(conversation=talk).values_list("pk", flat=True)
    found: list[UUID] = [talk.pk, talk.contact_id, world.picture.pk, *notes, *files]
    return [str(pk) for pk in [*found, *(row.pk for row in messages(talk))]]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back, and nothing of it is remembered; nor does it know of anything before,
    which is as old as the test is slow."""
    _forget()
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _forget()


def _forget() -> None:
    forget_keys()
    forget_taken()
    forget_lists()
    Policy.forget()
