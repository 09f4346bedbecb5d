"""What the API says of rules."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contacts.shapes import AuthorShape, ContactBriefShape


@dataclass(frozen=True)
class RuleFigures:
    """Of the last 30 days, and the newest firing of all."""

    fired: int
    failed: int
    last_fired_at: datetime | None
    last_error: str | None


@dataclass(frozen=True)
class RuleShape:
    """``reading``: the rule in plain words, in the reader's language. ``version``: its newest."""

    id: str
    region_id: int
    name: str
    event: str
    after_hours: int | None
    conditions: dict[str, Any] | None
    actions: list[dict[str, Any]]
    cooldown_hours: int
    stops: bool
    reading: str
    is_on: bool
    paused_at: datetime | None
    shipped: bool
    version: int
    changed_at: datetime
    figures: RuleFigures


@dataclass(frozen=True)
class RuleVersionShape:
    number: int
    name: str
    reading: str
    made_by: AuthorShape | None
    made_at: datetime
    current: bool


@dataclass(frozen=True)
class RuleDeedShape:
    """``code``: why it was refused. ``undo``: why it stays although the firing was taken back."""

    do: str
    reading: str
    changed: bool
    code: str | None
    undo: str | None


@dataclass(frozen=True)
class RuleRunShape:
    """``verdict``: groups ``{how, holds, parts}`` and conditions ``{holds, seen, text}``."""

    id: str
    rule_id: str
    rule_name: str
    version: int
    contact: ContactBriefShape | None
    conversation_id: str | None
    event: str
    at: datetime
    fired_at: datetime
    state: str
    error: str | None
    deeds: list[RuleDeedShape]
    verdict: dict[str, Any]
    can_undo: bool
    undone_at: datetime | None
    undone_by: AuthorShape | None
    cut: bool


@dataclass(frozen=True)
class RuleWhyShape:
    at: datetime
    came: str
    verdict: dict[str, Any]
    run_id: str | None
    version: int | None
    of_today: bool


@dataclass(frozen=True)
class RuleTriedShape:
    contact: ContactBriefShape | None
    conversation_id: str | None
    at: datetime


@dataclass(frozen=True)
class RuleTrialShape:
    """``total``: how many events it will have looked at, as far as is known. ``of_today``: what was asked as it is
    today, in words."""

    id: str
    rule_id: str | None
    state: str
    days: int
    looked: int
    fired: int
    contacts: int
    of_today: list[str]
    found: list[RuleTriedShape]
    asked_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class RuleChoiceShape:
    value: str
    label: str


@dataclass(frozen=True)
class RuleFieldShape:
    name: str
    label: str
    shape: str
    choices: list[RuleChoiceShape] | None
    longest: int


@dataclass(frozen=True)
class RuleDeedKindShape:
    key: str
    label: str
    fields: list[RuleFieldShape]
    can_undo: bool


@dataclass(frozen=True)
class RuleEventShape:
    """``carries``: what conditions can ask of it. ``waits``: whether a rule can be about the time since it."""

    key: str
    label: str
    carries: list[str]


@dataclass(frozen=True)
class RuleVocabularyShape:
    events: list[RuleEventShape]
    actions: list[RuleDeedKindShape]
    trial_days: int


@dataclass(frozen=True)
class RuleReadingShape:
    """In both languages."""

    zh: str
    en: str
