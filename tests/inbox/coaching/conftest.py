"""Ben is a trainee in Asia whose replies wait; Fay mentors him, Dee supervises. Mei's conversation is his."""

from dataclasses import dataclass

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from inbox.actions.assignments import assign_conversation
from inbox.actions.replies import send_text
from inbox.models import Channel, Conversation, HeldReply, Message
from security.access import Access
from security.actions.traineeships import start_traineeship
from tests.conftest import BY, Cast
from tests.inbox.simulator.running import Running
from tests.worlds.channels import calls, channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import fresh, thread


@dataclass
class Learning:
    cast: Cast
    meta: Running
    shop: Channel
    mei: Customer
    talk: Conversation

    def by(self, name: str) -> Access:
        return self.cast.access(name)

    def writes(self, text: str = "It is on its way", ref: str = "1") -> HeldReply:
        """Ben answers Mei."""
        sent = send_text(by=self.by("ben"), conversation_id=self.talk.pk, client_ref=ref, text=text)
        return HeldReply.objects.for_system("the test").get(message=sent)

    def message(self, held: HeldReply) -> Message:
        return Message.objects.for_system("the test").get(pk=held.message_id)

    def bodies(self) -> list[dict]:
        """What WhatsApp was asked to send."""
        return [row["detail"]["body"] for row in calls(self.meta, self.shop)]

    def now(self) -> Conversation:
        return fresh(self.talk)


@pytest.fixture
def learning(cast: Cast, meta: Running, time_machine: TimeMachineFixture) -> Learning:
    time_machine.move_to(timezone.now())
    shop, mei = channel(cast.asia, meta), customer("Mei Lin")
    talk = thread(shop, mei, "Where is my parcel?")
    start_traineeship(by=BY, user=cast.ben, mentors=[cast.fay], holds_replies=True)
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.ben.pk)
    return Learning(cast, meta, shop, mei, talk)
