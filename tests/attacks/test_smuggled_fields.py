"""Mass assignment: a body says more than it is asked for, and nobody becomes, owns or dates anything by that.

The bodies are those of the permission matrix, so a new route is tried without a word here.
"""

from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from contacts.models import Note
from inbox.models import Conversation
from security.models import Region, User
from security.scoping import every_row
from tests.attacks.attackers import undone
from tests.conftest import Cast
from tests.contracts.calls import Call
from tests.contracts.routes import CALLS
from tests.worlds.asia import Asia, asia
from tests.worlds.browsers import kept_session

SMUGGLED = UUID("0badc0de-0000-7000-8000-000000000bad")
LONG_AGO = "2001-02-03T04:05:06Z"
_PEOPLE = (
    "author",
    "by",
    "user",
    "owner",
    "holder",
    "asked_by",
    "created_by",
    "sender",
    "actor",
    "given_by",
    "assignee",
)
_REGIONS = ("region", "regions", "region_ids")
_TIMES = ("at", "created_at", "sent_at", "ends_at", "decided_at", "locked_at", "expires_at", "asked_at", "approved_at")
_FLAGS = ("is_staff", "is_superuser", "is_active", "approved", "trainee", "verified", "done", "held")
WRITING = [one for one in CALLS if one.method != "GET" and one.body and not one.multipart]


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


def smuggled(world: Asia, known: set[str]) -> dict[str, Any]:
    """Whatever the body does not have, under every name that something of ours might listen to."""
    cho, europe = world.cast.cho.pk, world.cast.europe.pk
    more: dict[str, Any] = {"id": str(SMUGGLED), "pk": str(SMUGGLED), "uuid": str(SMUGGLED), "level": "admin"}
    more |= {"password": "pbkdf2_sha256$1$x$y", "duties": ["finance"], "state": "approved", "status": "read"}
    for name in _PEOPLE:
        more |= {name: cho, f"{name}_id": cho}
    for name in _REGIONS:
        more |= {name: [europe] if name != "region" else europe, f"{name}_id": europe}
    more |= dict.fromkeys(_TIMES, LONG_AGO) | dict.fromkeys(_FLAGS, True)
    more |= {"groups": [1], "permissions": ["person.manage"], "user_permissions": [1], "__proto__": {"is_staff": True}}
    return {name: value for name, value in more.items() if name not in known}


def _fields() -> dict[tuple[str, str], set[str]]:
    """By method and path, what the description says a body may hold."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    parts = schema["components"]["schemas"]
    found = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            found[method.upper(), _nameless(path)] = _names(content, parts)
    return found


def _names(schema: dict[str, Any], parts: dict[str, Any]) -> set[str]:
    if "$ref" in schema:
        return _names(parts[schema["$ref"].rpartition("/")[2]], parts)
    names = set(schema.get("properties", {}))
    for inner in (*schema.get("oneOf", ()), *schema.get("allOf", ()), *schema.get("anyOf", ())):
        names |= _names(inner, parts)
    return names


def _nameless(path: str) -> str:
    return "/".join("<>" if part[:1] in "<{" and part else part for part in path.strip("/").split("/"))


FIELDS = _fields()


def told_of(world: Asia) -> dict[str, Any]:
    """What must not change: who may do what, and how many rows are Cho's, Europe's, of long ago, or have that id."""
    cho, europe = world.cast.cho, world.cast.europe
    found: dict[str, Any] = {
        "people": sorted(User.objects.values_list("pk", "is_active", "locked_at", "groups", "regions", "password")),
    }
    for model in apps.get_models(include_auto_created=True):
        rows = every_row(model, "the test looks")
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            if isinstance(field, models.ForeignKey) and field.related_model in (User, Region):
                found[name] = rows.filter(**{field.name: cho if field.related_model is User else europe}).count()
            elif isinstance(field, models.DateTimeField):
                found[name] = rows.filter(**{f"{field.name}__year": 2001}).count()
            elif isinstance(field, models.UUIDField):
                found[name] = rows.filter(**{field.name: SMUGGLED}).count()
    return found


@pytest.mark.parametrize("name", ["ana", "dee", "ben"])
def test_no_body_smuggles_anything_in(world: Asia, name: str):
    before, changed, answered = told_of(world), {}, 0
    ids = sorted(User.objects.values_list("pk", flat=True))
    for one in WRITING:
        body = one.body(world) if one.body else {}
        known = FIELDS[one.method, _nameless(one.route)] | set(body)
        with undone():
            status = _send(world.cast.browser(name), one, world, {**body, **smuggled(world, known)})
            answered += status < 300
            after = told_of(world)
        after["people"] = [row for row in after["people"] if row[0] in ids]
        if found := {key: (before[key], after[key]) for key in before if before[key] != after[key]}:
            changed[str(one)] = found
    assert changed == {}
    assert answered > 25, "was anything done at all?"


def _send(browser: Client, one: Call, world: Asia, body: dict[str, Any]) -> int:
    answer = getattr(browser, one.method.lower())(one.path(world), data=body, content_type="application/json")
    assert answer.status_code < 500, (str(one), answer.content[:300])
    return int(answer.status_code)


def test_it_would_be_seen(world: Asia):
    """Or the above would prove nothing."""
    before = told_of(world)
    kept_session(world.cast.cho)
    User.objects.filter(pk=world.cast.ben.pk).update(is_active=False)
    Conversation.objects.for_system("the test").filter(pk=world.talk.pk).update(region=world.cast.europe)
    Note.objects.for_system("the test").update(created_at=LONG_AGO)
    after = told_of(world)
    changed = {key for key in before if before[key] != after[key]}
    assert changed >= {
        "people",
        "security.BrowserSession.user",
        "inbox.Conversation.region",
        "contacts.Note.created_at",
    }
