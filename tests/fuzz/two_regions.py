"""One of everything in two regions. What is Europe's bears a mark, and nobody who works in Asia alone may read it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contacts.actions.edit import add_note
from contacts.models import Contact, Note
from inbox.actions.canned_replies import add_canned_reply
from inbox.actions.files import keep_upload
from inbox.actions.outgoing import claim_next, record_failure
from inbox.actions.replies import react, send_text
from inbox.models import CannedReply, Case, Channel, Conversation, Media, Message
from security.access import Access
from security.actions.people import add_person
from security.ids import new_id
from security.models import Region, User
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.asia import photo
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import fresh, messages, thread

MARK = "Quelltopas"
LEVELS = ("observer", "agent", "senior", "supervisor", "admin")
_WHY = "the test looks"


@dataclass
class Possessions:
    """What a region has, as ``{kind: [id, …]}`` under the names of the API's parameters."""

    region: Region
    channel: Channel
    talk: Conversation
    ids: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class TwoRegions:
    """``people`` are the five levels of Asia, none of whom works anywhere else."""

    cast: Cast
    people: dict[str, User]
    asia: Possessions
    europe: Possessions
    nobody: UUID

    def pool(self, kind: str) -> list[Any]:
        """Ids of ``kind`` to try: ours, theirs, and one that never was."""
        never = {"assignee": 2**31 - 1, "region": 2**31 - 1}.get(kind, self.nobody)
        return [*self.asia.ids[kind], *self.europe.ids[kind], never]

    @property
    def forbidden(self) -> list[str]:
        """Every text that would tell of Europe."""
        ids = [str(pk) for pks in self.europe.ids.values() for pk in pks if isinstance(pk, UUID)]
        return [MARK, self.europe.channel.phone, self.europe.channel.phone_number_id, *ids]


def two_regions(cast: Cast) -> TwoRegions:
    Region.objects.filter(pk=cast.europe.pk).update(name=f"Europe {MARK}")
    User.objects.filter(pk=cast.cho.pk).update(name=f"Cho {MARK}")
    both = customer("Mei Lin")
    ours = _furnished(cast.asia, cast.access("fay"), both, word="jade")
    known_elsewhere = Customer(f"Mei {MARK}", both.wa_id, both.bsuid)
    theirs = _furnished(cast.europe, cast.access("cho"), known_elsewhere, word=MARK)
    people = {"observer": cast.eli, "agent": cast.ben, "senior": cast.fay}
    for level in ("supervisor", "admin"):
        people[level] = add_person(
            by=BY, email=f"{level}@kefu.test", name=level, password=PASSWORD, level=level, regions=[cast.asia]
        )
    ours.ids["assignee"] = [user.pk for user in people.values()]
    theirs.ids["assignee"] = [cast.cho.pk]
    return TwoRegions(cast, people, ours, theirs, new_id())


def _furnished(region: Region, who: Access, mei: Customer, *, word: str) -> Possessions:
    shop = channel(region, name=f"Shop {word}")
    other = thread(shop, customer(f"Klara {word}"), f"Nobody answered {word}")
    talk = thread(shop, mei, f"Is the {word} in stock?")
    question = messages(talk)[0]
    send_text(by=who, conversation_id=talk.pk, client_ref="failed-one", text=f"One moment, {word}")
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    record_failure(message=sending, code="attempts_used_up")
    react(by=who, conversation_id=talk.pk, client_ref="reaction", message_id=question.pk, emoji="👍")
    send_text(by=who, conversation_id=talk.pk, client_ref="waiting", text=f"Still {word}", reply_to=question.pk)
    Conversation.objects.for_system(_WHY).filter(pk=talk.pk).update(assignee=None)
    add_note(by=who, contact_id=talk.contact_id, text=f"Likes {word}")
    keep_upload(by=who, conversation_id=talk.pk, file=photo(f"{word}.jpg"))
    add_canned_reply(by=who, shortcut="hi", title=f"Hi {word}", text=f"Hello {word}")
    return Possessions(region, shop, fresh(talk), _ids(region, other))


def _ids(region: Region, other: Conversation) -> dict[str, list[Any]]:
    def all_of(model: Any, **which: Any) -> list[Any]:
        return list(model.objects.for_system(_WHY).filter(**which).order_by("pk").values_list("pk", flat=True))

    talks, people = all_of(Conversation, region=region), all_of(Contact, region=region)
    message_ids = all_of(Message, conversation__in=talks)
    files = all_of(Media, conversation__in=talks)
    channels = all_of(Channel, region=region)
    return {
        "conversation_id": talks,
        "contact_id": people,
        "message_id": message_ids,
        "media_id": files,
        "reply_id": all_of(CannedReply, region=region),
        "note": all_of(Note, contact__in=people),
        "case": all_of(Case, conversation__in=talks),
        "channel": channels,
        "channel_id": channels,
        "contact": people,
        "region": [region.pk],
        "upload": files,
        "message": message_ids,
        "reply_to": message_ids,
    }
