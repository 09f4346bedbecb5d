"""What the API says of tags."""

from dataclasses import dataclass
from datetime import datetime

from contacts.models import Tag
from contacts.shapes import AuthorShape


@dataclass(frozen=True)
class TagBriefShape:
    """A tag where it is shown on something."""

    id: str
    name: str
    colour: str

    @classmethod
    def of(cls, tag: Tag) -> "TagBriefShape":
        return cls(id=str(tag.pk), name=tag.name, colour=tag.colour)


@dataclass(frozen=True)
class PuttingRuleShape:
    """The rule that put a tag on. ``conversation_id``: where it fired, if that was in one."""

    id: str
    name: str
    conversation_id: str | None


@dataclass(frozen=True)
class PutTagShape:
    """A tag on something: since when, and who put it there; ``rule`` where a rule did."""

    id: str
    name: str
    colour: str
    group: str
    description: str
    at: datetime
    by: AuthorShape | None
    rule: PuttingRuleShape | None


@dataclass(frozen=True)
class TagShape:
    """``scope``: contact, conversation or both. ``uses``: on how many of each it is, where that was asked for."""

    id: str
    region_id: int
    name: str
    colour: str
    group: str
    description: str
    scope: str
    version: int
    archived_at: datetime | None
    merged_into: str | None
    uses: dict[str, int] | None

    @classmethod
    def of(cls, tag: Tag, uses: dict[str, int] | None = None) -> "TagShape":
        return cls(
            id=str(tag.pk),
            region_id=tag.region_id,
            name=tag.name,
            colour=tag.colour,
            group=tag.group,
            description=tag.description,
            scope=tag.scope,
            version=tag.version,
            archived_at=tag.archived_at,
            merged_into=str(tag.merged_into_id) if tag.merged_into_id else None,
            uses=uses,
        )
