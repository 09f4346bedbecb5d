"""Fills an empty house with a plain world: ``python -m tests.house.furnish '{"agents": 50}'``, in its environment.

Prints what an outsider must know as JSON: agents' sessions and keys, channels with their secrets, customers.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import django


@dataclass(frozen=True)
class Wishes:
    """``customers`` have one conversation each, with an open window; ``sent`` are accepted messages of ours that wait
    for their ticks, spread over the customers of the first channel; ``long_thread`` are messages of the last customer's
    talk, from both sides; ``pace`` a minute per channel; ``policy`` further
    numbers of ``InboxPolicy``."""

    agents: int = 1
    channels: int = 1
    customers: int = 0
    sent: int = 0
    long_thread: int = 0
    pace: int = 80_000
    policy: Mapping[str, int] = field(default_factory=dict)


def furnish(wishes: Wishes) -> dict[str, Any]:
    from django.conf import settings

    from security.actions.behaviour import let_rules_only_tell
    from security.actions.levels import sync_levels
    from security.actions.people import add_region
    from tests.conftest import BY
    from tests.house.widen import widen
    from tests.worlds.channels import SECRET, VERIFY_TOKEN, channel

    sync_levels(by=BY)
    widen()
    region = add_region(by=BY, code="asia", name="亞洲", time_zone="Asia/Taipei")
    paces = dict.fromkeys(("pace_first_month", "pace_after", "pace_hard_stop"), wishes.pace)
    set_policy({**paces, **wishes.policy})
    numbers = [channel(region, base_url=settings.KEFU_SIMULATOR_URL) for _ in range(wishes.channels)]
    let_rules_only_tell(by=BY)
    people = _customers(numbers, wishes.customers)
    if wishes.long_thread:
        _long_talk(people[-1]["conversation"], wishes.long_thread)
    return {
        "region": region.pk,
        "agents": [_agent(number, region) for number in range(wishes.agents)],
        "channels": [
            {
                "id": str(row.pk),
                "phone_number_id": row.phone_number_id,
                "waba_id": row.waba_id,
                "phone": row.phone,
                "name": row.name,
                "app_secret": SECRET,
                "verify_token": VERIFY_TOKEN,
                "access_token": row.credentials["access_token"],
                "webhook_url": f"{settings.KEFU_PUBLIC_URL}/webhooks/whatsapp/{row.pk}",
            }
            for row in numbers
        ],
        "customers": people,
        "sent": _sent(numbers[0], wishes.sent),
    }


def set_policy(numbers: Mapping[str, int]) -> None:
    from inbox.models import InboxPolicy
    from security.actions.policies import change_policy
    from tests.conftest import BY

    policy = InboxPolicy.objects.get(pk=1)
    for name, number in numbers.items():
        setattr(policy, name, number)
    change_policy(by=BY, policy=policy, changed=tuple(numbers))


def _agent(number: int, region: Any) -> dict[str, str]:
    from knox.models import get_token_model

    from security.actions.people import add_person
    from tests.conftest import BY, PASSWORD
    from tests.worlds.serving import session_of

    level = "senior" if number == 0 else "agent"
    person = add_person(
        by=BY,
        email=f"agent{number}@kefu.test",
        name=f"Agent {number}",
        password=PASSWORD,
        level=level,
        regions=[region],
    )
    _, key = get_token_model().objects.create(user=person)
    return {"email": person.email, "password": PASSWORD, "session": session_of(person), "api_key": key}


def _customers(numbers: Sequence[Any], count: int) -> list[dict[str, str]]:
    """Everybody says hello, a hundred to a webhook."""
    from inbox.models import Conversation
    from tests.worlds.customers import customer
    from tests.worlds.webhooks import arrive, message, value

    people = [customer(f"Customer {number}") for number in range(count)]
    for place, number in enumerate(numbers):
        own = people[place :: len(numbers)]
        for start in range(0, len(own), 100):
            some = own[start : start + 100]
            arrive(number, value(number, people=some, messages=[message(one) for one in some]))
    rows = Conversation.objects.for_system("the bench's customers").select_related("contact").order_by("created_at")
    by_name = {row.contact.profile["profile_name"]: row for row in rows}
    return [
        {
            "name": one.name,
            "wa_id": str(one.wa_id),
            "conversation": str(by_name[one.name].pk),
            "channel": str(by_name[one.name].channel_id),
        }
        for one in people
    ]


def _sent(number: Any, count: int) -> list[str]:
    """WhatsApp's ids of messages of ours that were accepted a moment ago."""
    from django.utils import timezone

    from inbox.models import Conversation, Message

    threads = list(
        Conversation.objects.for_system("the bench's messages").filter(channel=number).select_related("contact")
    )
    now = timezone.now()
    rows = [
        Message(
            conversation=thread,
            channel=number,
            key_id=thread.contact.key_id,
            direction="out",
            kind="text",
            content={"text": f"Message {place} of the bench"},
            provider_ref=f"wamid.BENCHOUT{place:08d}",
            status="accepted",
            at=now,
            created_at=now,
        )
        for place, thread in ((place, threads[place % len(threads)]) for place in range(count))
    ]
    Message.objects.bulk_create(rows, batch_size=2000)
    return [str(row.provider_ref) for row in rows]


def _long_talk(conversation_id: str, count: int) -> None:
    """Minutes apart, before the customer's last word, in turns of one to three messages."""
    from datetime import timedelta

    from inbox.models import Conversation, Message

    thread = Conversation.objects.for_system("the bench's long talk").select_related("contact").get(pk=conversation_id)
    words = ("Is it on its way?", "Let me look at your order. " * 5, "Thank you! 🙏", "好的，明天下午可以收件。")
    rows = []
    for place in range(count):
        at = thread.last_activity_at - timedelta(minutes=count - place)
        inbound = place % 5 < 3
        rows.append(
            Message(
                conversation=thread,
                channel_id=thread.channel_id,
                key_id=thread.contact.key_id,
                direction="in" if inbound else "out",
                kind="text",
                content={"text": f"{words[place % len(words)]} ({place})"},
                provider_ref=f"wamid.BENCHLONG{place:08d}",
                status="received" if inbound else "read",
                at=at,
                created_at=at,
            )
        )
    Message.objects.bulk_create(rows, batch_size=2000)


def main(wishes: str) -> None:
    django.setup()
    print(json.dumps(furnish(Wishes(**json.loads(wishes)))))


def wishes_as_json(wishes: Wishes) -> str:
    return json.dumps(asdict(wishes))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(sys.argv[1])
