"""Who may answer, hand over and close a conversation: by level, and by whose conversation it is (PM-1)."""

import pytest

from inbox.actions.assignments import assign_conversation
from inbox.actions.files import keep_upload
from inbox.actions.outgoing import claim_next, record_failure
from inbox.actions.replies import react, repeat_message, send_text
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.models import Conversation, Message
from inbox.policies import can_assign, can_reply, can_resolve
from security.errors import NotAllowed, NotFound
from tests.conftest import Cast
from tests.worlds.answers import send_location, send_template
from tests.worlds.asia import photo
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, logged, messages, thread

# Whether somebody of Asia may answer (and close) a conversation that is nobody's, their own, or a colleague's.
ANSWERS = {
    "eli": {"nobody": False, "own": False, "colleague": False},
    "ben": {"nobody": True, "own": True, "colleague": False},
    "fay": {"nobody": True, "own": True, "colleague": True},
    "dee": {"nobody": True, "own": True, "colleague": True},
    "ana": {"nobody": True, "own": True, "colleague": True},
}
# Whether they may hand it to themselves, to a colleague, or to nobody.
ASSIGNS = {
    "eli": dict.fromkeys(("nobody", "own", "colleague"), (False, False, False)),
    "ben": {"nobody": (True, False, False), "own": (True, True, True), "colleague": (False, False, False)},
    **{name: dict.fromkeys(("nobody", "own", "colleague"), (True, True, True)) for name in ("fay", "dee", "ana")},
}
WHOSE = ("nobody", "own", "colleague")


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia))


def belongs(talk: Conversation, cast: Cast, name: str, whose: str) -> None:
    """Nobody's, ``name``'s own, or of a colleague who is neither."""
    other = cast.fay if name != "fay" else cast.dee
    owner = {"nobody": None, "own": getattr(cast, name).pk, "colleague": other.pk}[whose]
    Conversation.objects.for_system("the test").filter(pk=talk.pk).update(assignee=owner)


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("name", ANSWERS)
def test_the_policies(cast: Cast, talk: Conversation, name: str, whose: str):
    access, me, other = cast.access(name), getattr(cast, name).pk, cast.ana.pk
    belongs(talk, cast, name, whose)
    row = fresh(talk)
    assert can_reply(access, row) is ANSWERS[name][whose]
    assert can_resolve(access, row) is ANSWERS[name][whose]
    given = (can_assign(access, row, me), can_assign(access, row, other), can_assign(access, row, None))
    assert given == ASSIGNS[name][whose]


def deeds(cast: Cast, talk: Conversation, name: str) -> dict:
    """Everything that needs the right to answer."""
    by, place = cast.access(name), talk.pk
    (question,) = messages(talk, direction="in")
    failed = Message.objects.for_system("the test").get(direction="out", status="failed")
    template = {"name": "hello_world", "language": "en_US"}
    return {
        "text": lambda: send_text(by=by, conversation_id=place, client_ref="1", text="Hi"),
        "location": lambda: send_location(by=by, conversation_id=place, client_ref="2", latitude=1.0, longitude=1.0),
        "template": lambda: send_template(by=by, conversation_id=place, client_ref="3", template=template),
        "react": lambda: react(by=by, conversation_id=place, client_ref="4", message_id=question.pk, emoji="👍"),
        "upload": lambda: keep_upload(by=by, conversation_id=place, file=photo()),
        "repeat": lambda: repeat_message(by=by, message_id=failed.pk),
        "resolve": lambda: resolve_conversation(by=by, conversation_id=place),
        "reopen": lambda: reopen_conversation(by=by, conversation_id=place),
    }


@pytest.mark.parametrize("deed", ["text", "location", "template", "react", "upload", "repeat", "resolve", "reopen"])
def test_each_deed_asks_the_policy_on_the_row(cast: Cast, talk: Conversation, deed: str):
    send_text(by=cast.access("fay"), conversation_id=talk.pk, client_ref="0", text="One moment")
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    record_failure(message=sending, code="attempts_used_up")
    before = (len(messages(talk)), fresh(talk).version)
    for name in ("ben", "eli"):  # Fay has it now
        with pytest.raises(NotAllowed):
            deeds(cast, talk, name)[deed]()
    with pytest.raises(NotFound):
        deeds(cast, talk, "cho")[deed]()
    assert (len(messages(talk)), fresh(talk).version) == before
    deeds(cast, talk, "fay")[deed]()


def test_assigning_asks_the_policy_on_the_row(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    for name, refusal in (("ben", NotAllowed), ("eli", NotAllowed), ("cho", NotFound)):
        with pytest.raises(refusal):
            assign_conversation(by=cast.access(name), conversation_id=talk.pk, to=cast.ben.pk)
    assert fresh(talk).assignee_id == cast.fay.pk and len(logged("conversation.assigned")) == 1
