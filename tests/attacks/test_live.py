"""Whatever happens to what is hidden, and whoever does it: the live stream tells an attacker nothing of it."""

from collections.abc import Iterator

import orjson
from django.db import transaction

from security.encryption.keyring import forget_keys
from security.live.batch import Batch
from security.live.store import events_after
from security.models import StreamHead
from security.policy import Policy
from tests.attacks.attackers import Scene
from tests.contracts.calls import Call
from tests.contracts.routes import CALLS

WRITES = [one for one in CALLS if one.method != "GET" and one.route != "api/v1/session"]
# After these it is theirs to see: it was marked for finance.
_OPENS = {"finance": ("/payment",)}


def test_no_deed_on_what_is_hidden_is_told(attack: Scene):
    attacker = attack.attacker
    streams = attacker.access.streams()
    told, heard = {}, 0
    for one in WRITES:
        if one.route.endswith(_OPENS.get(attacker.name, ("-",))):
            continue
        for frame in _frames(attack, one, streams):
            heard += len(orjson.loads(frame)["events"])
            if found := attack.betrayed_by(frame):
                told[f"{one}"] = found
    assert told == {}
    assert heard or attacker.name in ("agent of elsewhere", "former member"), "nothing at all was heard: is it asked?"


def _frames(scene: Scene, one: Call, streams: tuple[str, ...]) -> Iterator[str]:
    """What the attacker's tab is sent of one call by whoever may make it; the call is undone."""
    world = scene.world
    doer = world.cast.browser("ana")
    body = one.body(world) if one.body else None
    how = {} if one.multipart or body is None else {"content_type": "application/json"}
    heads = dict(StreamHead.objects.values_list("name", "head"))
    try:
        with transaction.atomic():
            getattr(doer, one.method.lower())(one.path(world), data=body, **how)
            for stream in streams:
                after = heads.get(stream, 0)
                if events := events_after(stream, after):
                    for frame in Batch(stream, after, events).frames_for(scene.attacker.access, after=after):
                        yield frame.text
            transaction.set_rollback(True)
    finally:
        forget_keys()
        Policy.forget()
