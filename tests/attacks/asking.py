"""Making the calls of ``tests/contracts/routes.py`` as an attacker, and looking closely at what comes back."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from security.models import AllowedAddress, Incident, TierSwitch
from security.policy import Policy
from tests.attacks.attackers import undone
from tests.contracts.calls import Call
from tests.worlds.asia import Asia

NO_UUID, NO_NUMBER = "01890000-0000-7000-8000-000000000000", "2147483646"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)")
ANY_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
# A value with what PostgreSQL casts it to: one mark for both, or lists of values would not look like lists.
_VALUES = re.compile(r"(?:'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|%s)(?:::\w+)?|::\w+")


@dataclass(frozen=True)
class Answer:
    """``asked``: the shapes of the statements that were made for it, in order."""

    status: int
    head: str
    body: str
    asked: tuple[str, ...]


def ask(browser: Client, method: str, path: str, body: Any = None, *, multipart: bool = False) -> Answer:
    """One request, undone."""
    how = {} if multipart or body is None else {"content_type": "application/json"}
    with undone(), CaptureQueriesContext(connection) as statements:
        answer = getattr(browser, method.lower())(path, data=body, **how)
        content = async_to_sync(_streamed)(answer) if answer.streaming else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.items() if name.lower() not in _BY_THE_CLOCK)
    asked = tuple(_VALUES.sub("?", row["sql"]) for row in statements if not _is_apart(row["sql"]))
    return Answer(answer.status_code, head, content.decode("utf-8", "replace"), asked)


def _is_apart(statement: str) -> bool:
    """Brackets, and what a process reads anew every few seconds whatever it is asked: the clock says when."""
    return statement.startswith(_BRACKETS) or any(f'FROM "{table}"' in statement for table in _kept_tables())


@cache
def _kept_tables() -> list[str]:
    kept: list[type[Model]] = [*Policy.__subclasses__(), AllowedAddress, Incident, TierSwitch]
    return [model._meta.db_table for model in kept]


async def _streamed(answer: Any) -> bytes:
    """The parts of a file or an export, however its view makes them."""
    return b"".join([part async for part in answer])


def call(browser: Client, one: Call, world: Asia, *, path: str | None = None) -> Answer:
    body = one.body(world) if one.body else None
    return ask(browser, one.method, path or one.path(world), body, multipart=one.multipart)


def path_to_nothing(one: Call, world: Asia) -> str:
    """The same path with ids that nobody ever had."""
    segments = zip(one.path(world).split("/"), f"/{one.route}".split("/"), strict=True)
    return "/".join(_nobody(wanted, given) for given, wanted in segments)


def _nobody(wanted: str, given: str) -> str:
    if wanted.startswith("<uuid:"):
        return NO_UUID + given[len(NO_UUID) :]
    return NO_NUMBER if wanted.startswith("<int:") else given


def shape(statements: tuple[str, ...]) -> list[str]:
    """Statements without the ids that differ; lists of values count as one."""
    return [re.sub(r"\(\?(?:, \?)*\)", "(?)", ANY_ID.sub("?", one)) for one in statements]


def first_other(one: Answer, other: Answer) -> str:
    """The first statement of each where they part."""
    both = zip([*shape(one.asked), ""], [*shape(other.asked), ""], strict=False)
    return next((f"{mine[:300]} / {theirs[:300]}" for mine, theirs in both if mine != theirs), "")


_BY_THE_CLOCK = ("date", "expires", "set-cookie", "x-request-id", "content-length", "last-modified", "etag")
_BRACKETS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")
