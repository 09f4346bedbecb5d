"""What hangs on messages: reactions and files."""

from dataclasses import dataclass, field
from functools import cache
from random import Random
from uuid import UUID

from inbox.demo.attachments import Attachment, attachment
from inbox.load.customers import Customer
from inbox.load.repertoire import as_sealed
from inbox.load.rhythm import HOUR_US
from inbox.load.rows import MediaRow, MessageRow, ReactionRow, dashed, id_at, stamp
from inbox.media_store import delete_file, write_file
from inbox.models import Media, Message, Reaction

# Only what somebody may scroll to has its bytes on disk: sealed anew for each contact, they are the slowest part.
_FILES_FOR_US = 48 * HOUR_US
_CONTENT = f"{Message._meta.db_table}.content:".encode()
_EMOJI = f"{Reaction._meta.db_table}.emoji:".encode()
_RECORDED_HERE = False
_NAME = f"{Media._meta.db_table}.name:".encode()


@dataclass
class World:
    """What all threads share. ``files`` are media rows whose bytes are still to be stored, with what they show."""

    now: int
    rng: Random
    cases: int = 0
    files: list[tuple[MediaRow, Attachment]] = field(default_factory=list)

    def next_case(self) -> int:
        self.cases += 1
        return self.cases


def reaction(
    row: MessageRow, side: str, emoji: bytes, customer: Customer, agent: int, at: int, rng: Random
) -> ReactionRow:
    pk = id_at(at, rng)
    sealed = customer.seal(_EMOJI, pk, emoji)
    author = agent if side == "team" else None
    target_ref = row.provider_ref or ""
    return ReactionRow(pk, row.conversation_id, row.id, target_ref, side, row.key_id, sealed, author, stamp(at))


def reaction_message(row: MessageRow, emoji: bytes, customer: Customer, agent: int, at: int, rng: Random) -> MessageRow:
    """Our own emoji travel as messages of their own; the thread shows them on their target only."""
    pk, spelled = id_at(at, rng), stamp(at)
    plain = b'{"emoji":%b,"target_ref":%b}' % (emoji, as_sealed(row.provider_ref or ""))
    return row._replace(
        id=pk,
        direction="out",
        kind="reaction",
        content=customer.seal(_CONTENT, pk, plain),
        author_id=agent,
        client_ref=dashed(f"{rng.getrandbits(128):032x}"),
        provider_ref=wamid(customer.digits, rng),
        quoted_id=None,
        quoted_ref="",
        status="accepted",
        at=spelled,
        created_at=spelled,
        claimed_at=spelled,
        calling_at=spelled,
        attempts=1,
        version=3,
    )


def wamid(digits: str, rng: Random) -> str:
    """A message id of WhatsApp's length and look."""
    return f"wamid.HBgM{digits}FQIAE{rng.getrandbits(144):036X}AA=="


def media(row: MessageRow, file: str, customer: Customer, at: int, world: World) -> MediaRow:
    found = _drawn(file)
    pk = id_at(at, world.rng)
    name = customer.seal(_NAME, pk, as_sealed(found.name)) if found.name else None
    fresh = world.now - at < _FILES_FOR_US
    stored = f"{str(UUID(pk))[:2]}/{UUID(pk)}" if fresh else ""
    made = MediaRow(
        pk,
        row.conversation_id,
        row.id,
        None,
        row.author_id,
        row.key_id,
        row.kind,
        "ready",
        str(world.rng.randrange(10**15, 10**16)),
        found.mime_type,
        len(found.content),
        found.sha256,
        _RECORDED_HERE,
        name,
        found.picture.width if found.picture else None,
        found.picture.height if found.picture else None,
        f"{stored}.original" if stored else "",
        f"{stored}.thumbnail" if stored and found.picture else "",
        1 if row.direction == "in" else 0,
        None,
        row.created_at,
    )
    if fresh:
        world.files.append((made, found))
    return made


def store_files(world: World) -> None:
    """The bytes of the files since the last call, under the names their rows have."""
    for row, found in world.files:
        owner = Media(pk=UUID(row.id), key_id=UUID(row.key_id))
        delete_file(row.file)  # of a chunk that was interrupted before its rows were committed
        write_file(owner, found.content)
        if found.picture is not None:
            delete_file(row.thumbnail)
            write_file(owner, found.picture.thumbnail, part="thumbnail")
    world.files.clear()


@cache
def _drawn(file: str) -> Attachment:
    return attachment(file)
