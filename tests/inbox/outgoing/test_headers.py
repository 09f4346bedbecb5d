"""Files above the words of a message, and the limit that only some stickers have."""

import pytest

from inbox.actions.replies import send as compose
from inbox.whatsapp.limits import STILL_STICKER_MAX
from security.errors import Refusal
from tests.inbox.outgoing.conftest import Desk
from tests.inbox.outgoing.test_uploads import OGG, attach, webp
from tests.worlds.asia import picture_bytes
from tests.worlds.channels import calls
from tests.worlds.threads import fresh


def test_a_picture_may_head_a_message_with_buttons(desk: Desk):
    media = attach(desk, picture_bytes())
    content = {"type": "button", "text": "Which?", "buttons": [{"title": "This"}]}
    ben, talk = desk.cast.access("ben"), desk.talk.pk
    compose(by=ben, conversation_id=talk, client_ref="1", kind="interactive", content=content, upload=media.pk)
    assert desk.sends() == 1
    (call,) = calls(desk.meta, desk.shop)
    header = call["detail"]["body"]["interactive"]["header"]
    assert header == {"type": "image", "image": {"id": fresh(media).provider_ref}}


def test_a_sound_heads_nothing(desk: Desk):
    media = attach(desk, OGG)
    content = {"type": "button", "text": "Which?", "buttons": [{"title": "This"}]}
    with pytest.raises(Refusal) as refused:
        compose(
            by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", kind="interactive",
            content=content, upload=media.pk,
        )  # fmt: skip
    assert refused.value.code == "upload_unfit"


def test_a_sticker_that_does_not_move_has_the_smaller_limit(desk: Desk):
    still = webp() + b"\x00" * STILL_STICKER_MAX
    with pytest.raises(Refusal) as refused:
        attach(desk, still)
    assert refused.value.code == "file_too_large"
    assert attach(desk, still[:16] + b"ANIM" + still[16:]).kind == "sticker"
