"""What the live stream tells of keywords: that a region's were counted or chosen anew. Figures are read again."""

from dataclasses import dataclass

from inbox.keywords.policies import keyword_scope
from security.encryption.keyring import shared_key
from security.streams import Event


@dataclass(frozen=True)
class KeywordsStateShape:
    region_id: int


class KeywordsChanged(Event):
    """A day was counted, or a word is ignored, followed or on the region's own list."""

    kind = "keywords.changed"
    payload_shape = KeywordsStateShape
    audience = "keywords"

    @classmethod
    def of(cls, region_id: int) -> "KeywordsChanged":
        return cls(
            streams=(f"region:{region_id}",),
            object_id=str(region_id),
            payload=KeywordsStateShape(region_id=region_id),
            key_id=shared_key(region_id=region_id, purpose="stream"),
            scope=keyword_scope(region_id),
        )
