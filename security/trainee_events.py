"""What the live stream tells of traineeships."""

from dataclasses import dataclass
from typing import Any

from security.encryption.keyring import shared_key
from security.models import Traineeship
from security.streams import Event
from security.trainees import traineeship_scope


@dataclass(frozen=True)
class TraineeshipStateShape:
    """That something about somebody's traineeship is new; lists are read again."""

    user_id: int
    running: bool


class TraineeshipChanged(Event):
    """Begun, prolonged, led by others, asked to be promoted, or over. Told to the trainee and those who lead them."""

    kind = "trainee.changed"
    payload_shape = TraineeshipStateShape
    audience = "traineeship"

    @classmethod
    def of(cls, row: Traineeship) -> "TraineeshipChanged":
        scope = traineeship_scope(row)
        regions: Any = scope["region_ids"]
        return cls(
            streams=(*(f"region:{region_id}" for region_id in regions), f"person:{row.user_id}"),
            object_id=str(row.user_id),
            payload=TraineeshipStateShape(user_id=row.user_id, running=row.ended_at is None),
            key_id=shared_key(region_id=None, purpose="people"),
            scope=scope,
        )
