"""One call of the API: who may make it, what answers, and where its path leads in the world of Asia."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inbox.media_links import media_url
from tests.worlds.asia import Asia

ANYBODY, SIGNED_IN = "anybody", "observer"


@dataclass(frozen=True)
class Call:
    """``lowest`` is the level from which on it answers ``ok``; below it is 403. ``names`` says that the path names an
    object of Asia, which does not exist for whoever is not there."""

    method: str
    route: str
    lowest: str
    ok: int = 200
    body: Callable[[Asia], Any] | None = None
    names: bool = False
    multipart: bool = False

    def path(self, world: Asia) -> str:
        filled = self.route
        for placeholder, row in {
            "<uuid:conversation_id>": world.talk,
            "<uuid:contact_id>": world.contact,
            "<uuid:message_id>": world.failed,
            "<uuid:media_id>": world.picture,
            "<uuid:reply_id>": world.reply,
            "<uuid:channel_id>": world.channel,
            "<int:user_id>": world.cast.ben,
            "<uuid:deed_id>": world.deed,
            "<uuid:view_id>": world.view,
            "<uuid:scheduled_id>": world.scheduled,
            "<uuid:macro_id>": world.macro,
            "<uuid:run_id>": world.run,
            "<int:region_id>": world.cast.asia,
            "<uuid:request_id>": world.request,
            "<uuid:grant_id>": world.grant,
            "<uuid:item_id>": world.drawn,
            "<uuid:note_id>": world.note,
            "<uuid:handover_id>": world.handover,
            "<uuid:deletion_id>": world.deletion,
            "<uuid:held_id>": world.held,
            "<uuid:review_id>": world.review,
            "<uuid:passkey_id>": world.talk,  # nobody has a passkey
            "<uuid:export_id>": world.export,
            "<uuid:erasure_id>": world.erasure,
            "<uuid:merge_id>": world.merge,
            "<uuid:session_id>": world.session,
            "<uuid:device_id>": world.device,
            **_of_customers(world),
        }.items():
            filled = filled.replace(placeholder, str(row.pk))
        filled = filled.replace("<uuid:key_id>", str(world.key.public_id))
        if "media/" in filled:
            filled += "?" + media_url(world.picture.pk).partition("?")[2]
        return "/" + filled

    @property
    def area(self) -> str:
        """What it is about: ``conversations``."""
        return self.route.split("/")[2]

    def __str__(self) -> str:
        return f"{self.method} {self.route.removeprefix('api/v1/')}"


def _of_customers(world: Asia) -> dict[str, Any]:
    return {
        "<uuid:import_id>": world.job,
        "<uuid:duplicate_id>": world.duplicate,
        "<uuid:order_id>": world.order,
        "<uuid:source_id>": world.source,
        "<uuid:subscription_id>": world.subscription,
        "<uuid:term_id>": world.term,
        "<uuid:tag_id>": world.tag,
        "<uuid:segment_id>": world.segment,
        "<uuid:entry_id>": world.entry,
        "<uuid:field_id>": world.field,
        "<uuid:rule_id>": world.rule,
        "<uuid:firing_id>": world.firing,
        "<uuid:trial_id>": world.trial,
    }


def call(spelled: str, lowest: str, ok: int = 200, body: Any = None, **more: Any) -> Call:
    """``spelled``: ``GET contacts/<uuid:contact_id>``."""
    method, path = spelled.split()
    given = body if callable(body) or body is None else lambda world: body
    return Call(method, f"api/v1/{path}", lowest, ok, given, names="<" in path, **more)
