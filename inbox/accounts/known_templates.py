"""What is known of an account's templates: each value as last told, whatever comes last."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from inbox.models import KnownTemplate
from security.bulk import insert_many, save_many

Key = tuple[str, str]  # name and language
_VALUES = ("category", "status", "quality")


def learn_templates(waba_id: str, told: Mapping[Key, Mapping[str, str]], at: datetime) -> None:
    """Keep ``{(name, language): {value: word}}`` of one account, unless something newer was told of that value. Empty
    words say nothing. Inside a write block; costs the same few queries for one template and for thousands."""
    given = {key: {name: word for name, word in values.items() if word} for key, values in told.items() if all(key)}
    given = {key: values for key, values in given.items() if values}
    known = _known(waba_id, given)
    fresh = [KnownTemplate(waba_id=waba_id, name=name, language=language)
             for name, language in given if (name, language) not in known]  # fmt: skip
    for row in fresh:
        _take(row, given[row.name, row.language], at)
    insert_many(fresh, ignoring_conflicts=True)
    changed = [row for key, row in known.items() if _take(row, given[key], at)]
    save_many(changed, [*_VALUES, "told_at"])


def list_place(waba_id: str) -> str:
    """Where the list of the account's approved templates is remembered."""
    return f"templates:{waba_id}"


def forget_list(waba_id: str) -> None:
    """Once what is being written is true: the next look-up asks WhatsApp anew."""
    transaction.on_commit(lambda: cache.delete(list_place(waba_id)), robust=True)


def _known(waba_id: str, keys: Mapping[Key, object]) -> dict[Key, KnownTemplate]:
    names: Sequence[str] = sorted({name for name, _ in keys})
    rows = KnownTemplate.objects.select_for_update().filter(waba_id=waba_id)
    found = rows.filter(name__in=names) if len(names) == 1 else rows
    return {(row.name, row.language): row for row in found.order_by("id") if (row.name, row.language) in keys}


def _take(row: KnownTemplate, values: Mapping[str, str], at: datetime) -> bool:
    """Whether a value changed."""
    when, before = at.isoformat(), [getattr(row, name) for name in _VALUES]
    for name, word in values.items():
        if row.told_at.get(name, "") <= when:
            setattr(row, name, word)
            row.told_at[name] = when
    return before != [getattr(row, name) for name in _VALUES] or row._state.adding
