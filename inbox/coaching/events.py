"""What the live stream tells of held replies and reviews: that they are new or decided; lists are read again."""

from dataclasses import dataclass

from inbox.coaching.policies import held_scope, review_scope
from inbox.models import HeldReply, QaReview
from security.encryption.keyring import shared_key
from security.streams import Event


@dataclass(frozen=True)
class HeldStateShape:
    """A reply that waits for a mentor, or waits no more."""

    id: str
    message_id: str
    conversation_id: str
    trainee_id: int | None
    state: str


@dataclass(frozen=True)
class ReviewStateShape:
    """A case that is to be reviewed, or was."""

    id: str
    conversation_id: str
    person_id: int
    state: str


class HeldChanged(Event):
    """A trainee's reply waits, was changed, spoken about or decided on. Told to them, their mentors and who leads."""

    kind = "held.changed"
    payload_shape = HeldStateShape
    audience = "held"

    @classmethod
    def of(cls, row: HeldReply) -> "HeldChanged":
        return cls(
            streams=(f"region:{row.conversation.region_id}",),
            object_id=str(row.pk),
            payload=HeldStateShape(
                id=str(row.pk),
                message_id=str(row.message_id),
                conversation_id=str(row.conversation_id),
                trainee_id=row.trainee_id,
                state=row.state,
            ),
            key_id=row.key_id,
            scope=held_scope(row),
        )


class ReviewChanged(Event):
    """A case is to be reviewed, was reviewed, or its review was answered."""

    kind = "qa.changed"
    payload_shape = ReviewStateShape
    audience = "review"

    @classmethod
    def of(cls, row: QaReview) -> "ReviewChanged":
        return cls(
            streams=(f"region:{row.region_id}", f"person:{row.person_id}"),
            object_id=str(row.pk),
            payload=ReviewStateShape(
                id=str(row.pk), conversation_id=str(row.conversation_id), person_id=row.person_id, state=row.state
            ),
            key_id=shared_key(region_id=row.region_id, purpose="stream"),
            scope=review_scope(row),
        )
