"""Segments: what the SQL counts is what the pure verdict says of every contact (CM-4)."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from contacts.conditions.facts import Fact, Subject
from contacts.conditions.freezing import freeze
from contacts.conditions.judging import holds
from contacts.conditions.tree import Group, asked_in, parse, stored
from contacts.fields import found_by, read_value
from contacts.models import Contact, ContactTag, FieldDefinition, FieldValue, Tag
from contacts.segments import people_by
from contacts.segments.compiling import facts_of_segments
from inbox.models import Conversation
from security.bulk import insert_many
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import make_keys
from security.models import Region
from tests.conftest import Cast
from tests.worlds.channels import channel

NOW = timezone.now()
DAY = timedelta(days=1)


def people(region: Region, rng: Random, count: int = 60) -> list[Contact]:
    """Made up, so that everything that can be known of them is known of some, at the very bounds too."""
    keys = make_keys(region_id=region.pk, purpose="contact", count=count)
    times = [None, NOW, NOW - 7 * DAY, NOW - 7 * DAY - timedelta(microseconds=1), NOW - 30 * DAY, NOW - 400 * DAY]
    moments = [one for one in times if one is not None]
    rows = [
        Contact(
            region=region, key_id=key.pk, profile={}, language=rng.choice(["", "en", "zh-hant"]),
            country=rng.choice(["", "TW", "HK", "US"]), first_seen_at=rng.choice(moments),
            last_seen_at=rng.choice(times), marketing_told_at=rng.choice(times), suppressed_at=rng.choice(times[:2]),
        )
        for key in keys
    ]  # fmt: skip
    for row in rows:
        row.marketing_stopped_at = row.marketing_told_at and rng.choice([None, row.marketing_told_at])
    insert_many(rows)
    return rows


def furnish(region: Region, rows: list[Contact], rng: Random) -> None:
    tags = [Tag(region=region, name=name, folded=name, created_at=NOW) for name in ("a", "b", "c")]
    tags[2].archived_at = NOW
    insert_many(tags)
    insert_many([ContactTag(contact=row, tag=tag, at=NOW) for row in rows for tag in tags if rng.random() < 0.4])
    options = [{"key": "x", "label": "X"}, {"key": "y", "label": "Y"}]
    fields = [
        FieldDefinition(region=region, key=kind, label=kind, type=kind, options=options, created_at=NOW, order=place)
        for place, kind in enumerate(("text", "number", "date", "boolean", "choice"))
    ]
    insert_many(fields)
    said = {
        "text": ["Gold", "ＧＯＬＤ", "silver"], "number": ["1", "2.5", "-3"], "boolean": ["yes", "no"],
        "date": [f"{NOW - days * DAY:%Y-%m-%d}" for days in (0, 7, 8, 90)], "choice": ["x", "y"],
    }  # fmt: skip
    index, values = BlindIndex(region.pk), []
    for row in rows:
        for field in (one for one in fields if rng.random() < 0.6):
            value = read_value(field, rng.choice(said[field.type]), longest=100)
            assert value is not None
            digest, number = found_by(field, value, index)
            values.append(
                FieldValue(
                    contact=row, definition=field, key_id=row.key_id, value=value, digest=digest, number=number, at=NOW
                )
            )
    insert_many(values)
    shop = channel(region)
    insert_many(
        [
            Conversation(
                region=region, channel=shop, contact=row, state=rng.choice(["open", "resolved"]),
                last_activity_at=NOW, created_at=NOW,
            )
            for row in rows
            if rng.random() < 0.5
        ]
    )  # fmt: skip


VALUES: dict[str, list[Any]] = {
    "none": [None], "number": [0, 1, 2.5], "range": [[0, 2.5], [-3, 1]], "days": [0, 7, 30], "duration": [60],
    "duration_range": [[0, 60]], "moment": [f"{NOW - 7 * DAY:%Y-%m-%d}", (NOW - 30 * DAY).isoformat()],
    "money": [{"amount_minor": 0, "currency": "TWD"}, {"amount_minor": 100_00, "currency": "TWD"}],
    "words": [["gold"]],
}  # fmt: skip


def every_condition(facts: dict[str, Fact], region: Region) -> list[dict[str, Any]]:
    found = []
    for fact in facts.values():
        for operator in fact.operators.values():
            values = VALUES.get(operator.shape, [])
            if operator.shape == "choices":
                known = [one.value for one in fact.choices(region.pk)] if fact.choices else ["gold", "SILVER"]
                values = [known[:1], known[:2], known] if known else []
            for value in values:
                asked = {"fact": fact.key, "op": operator.key, **({} if value is None else {"value": value})}
                found.append(asked)
                if fact.timed:
                    found.append({**asked, "within_hours": 24 * 7})
    return found


def agree(node: Group, region: Region, rows: list[Contact], facts: dict[str, Fact]) -> None:
    counted = set(people_by(node, region_id=region.pk, now=NOW).values_list("pk", flat=True))
    frozen = freeze([Subject(row.pk, NOW) for row in rows], asked_in(node), facts)
    judged = {one.subject.contact_id for one in frozen if holds(node, one, facts)}
    assert counted == judged, node.as_json()


def test_the_sql_and_the_verdict_agree_on_every_condition_and_on_groups_of_them(cast: Cast):
    rng = Random(7)
    rows = people(cast.asia, rng)
    furnish(cast.asia, rows, rng)
    people(cast.europe, rng, 3)  # of another region: never counted
    facts = facts_of_segments(cast.asia.pk)
    conditions = every_condition(facts, cast.asia)
    assert len(conditions) > 60
    for one in conditions:
        agree(parse({"all": [one]}, facts, region_id=cast.asia.pk), cast.asia, rows, facts)
    for _ in range(40):
        inner = {rng.choice(["all", "any", "none"]): rng.sample(conditions, 2)}
        tree = {rng.choice(["all", "any", "none"]): [inner, *rng.sample(conditions, rng.randint(1, 2))]}
        agree(parse(tree, facts, region_id=cast.asia.pk), cast.asia, rows, facts)
    gone = stored({"none": [{"fact": "contact.gone", "op": "ge", "value": 1}]})
    agree(gone, cast.asia, rows, facts)


@pytest.mark.parametrize(
    ("zone", "last_seen", "there"),
    [
        ("Asia/Taipei", "2026-11-27T16:30:00Z", True),  # half past midnight of the 28th
        ("Asia/Taipei", "2026-11-27T15:30:00Z", False),
        ("America/New_York", "2026-11-28T04:30:00Z", False),  # still the 27th
        ("America/New_York", "2026-11-28T05:30:00Z", True),
    ],
)
def test_a_day_begins_in_the_time_of_its_region(cast: Cast, zone: str, last_seen: str, there: bool):
    region = cast.asia
    Region.objects.filter(pk=region.pk).update(time_zone=zone)
    region.refresh_from_db()
    (row,) = people(region, Random(1), 1)
    Contact.objects.for_system("the test").filter(pk=row.pk).update(last_seen_at=last_seen)
    field = FieldDefinition.objects.create(
        region=region, key="due", label="Due", type="date", created_at=NOW, filterable=True
    )
    digest, number = found_by(field, "2026-11-28", BlindIndex(region.pk))
    FieldValue.objects.create(
        contact=row, definition=field, key_id=row.key_id, value="2026-11-28", digest=digest, number=number, at=NOW
    )
    facts = facts_of_segments(region.pk)
    for key, day, expected in (
        ("contact.last_seen_at", "2026-11-28", there),
        (f"contact.field_{field.pk.hex}", "2026-11-28", True),
        (f"contact.field_{field.pk.hex}", "2026-11-29", False),
    ):
        for op, holding in (("from", expected), ("before", not expected)):
            node = parse({"all": [{"fact": key, "op": op, "value": day}]}, facts, region_id=region.pk)
            agree(node, region, [row], facts)
            assert (people_by(node, region_id=region.pk, now=NOW).count() == 1) == holding, (key, op, day)
