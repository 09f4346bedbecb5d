"""Values of custom fields: what a type takes, and how it is found. No database."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from contacts.models import FieldDefinition
from contacts.models.custom_field import BOOLEAN, CHOICE, DATE, NUMBER, TEXT, URL
from security.encryption.blind_index import BlindIndex
from security.errors import Invalid
from security.search.folding import plain

_LARGEST, _PLACES = Decimal(10) ** 13, Decimal("0.000001")
_YES = frozenset({"true", "yes", "1", "是", "有", "y"})
_NO = frozenset({"false", "no", "0", "否", "無", "n"})
Value = str | bool


def read_value(definition: FieldDefinition, raw: Any, *, longest: int) -> Value | None:
    """What ``raw`` (of the API, or of a cell) means for a field, as it is kept: text, or yes and no. ``None`` where it
    is empty; what does not fit is refused with the field's key."""
    said = ("true" if raw else "false") if isinstance(raw, bool) else "" if raw is None else str(raw)
    text = " ".join(said.split())
    if not text:
        return None
    if definition.type == TEXT:
        text = said.strip()
    if len(text) > longest:
        raise Invalid(field=definition.key, message=_("At most %(n)s characters.") % {"n": longest})
    return _READERS[definition.type](definition, text)


def found_by(definition: FieldDefinition, value: Value, index: BlindIndex) -> tuple[bytes | None, Decimal | None]:
    """``(digest, number)`` under which rules and segments find a value; both null where they may not."""
    if not definition.filterable:
        return None, None
    if definition.type in (NUMBER, DATE):
        return None, as_number(definition, value)
    return digest_of(definition, value, index), None


def digest_of(definition: FieldDefinition, value: Value, index: BlindIndex) -> bytes:
    spelled = plain(str(value)) if definition.type in (TEXT, URL) else str(value)
    return index.digest(spelled, kind=f"field:{definition.pk}")


def as_number(definition: FieldDefinition, value: Value) -> Decimal:
    """A number as it is, a date as its ordinal day."""
    text = str(value)
    return Decimal(date.fromisoformat(text).toordinal()) if definition.type == DATE else Decimal(text)


def option_label(definition: FieldDefinition, key: str) -> str:
    """What people read for a choice; the key itself where the option is gone."""
    return next((str(one["label"]) for one in definition.options if one["key"] == key), key)


def _number(definition: FieldDefinition, text: str) -> Value:
    try:
        number = Decimal(text.replace(",", "").replace("，", "")).quantize(_PLACES)
    except InvalidOperation:
        raise Invalid(field=definition.key, message=_("This is no number.")) from None
    if number.is_nan():
        raise Invalid(field=definition.key, message=_("This is no number."))
    if abs(number) >= _LARGEST:
        raise Invalid(field=definition.key, message=_("This number is too large."))
    return f"{number.normalize():f}"


def _date(definition: FieldDefinition, text: str) -> Value:
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-")).isoformat()
    except ValueError:
        raise Invalid(field=definition.key, message=_("This is no date; write it as 2026-01-31.")) from None


def _boolean(definition: FieldDefinition, text: str) -> Value:
    folded = plain(text)
    if folded not in _YES | _NO:
        raise Invalid(field=definition.key, message=_("This is yes or no."))
    return folded in _YES


def _choice(definition: FieldDefinition, text: str) -> Value:
    folded = plain(text)
    for one in definition.options:
        if folded in (plain(str(one["key"])), plain(str(one["label"]))):
            return str(one["key"])
    raise Invalid(field=definition.key, message=_("This is none of the choices."))


def _url(definition: FieldDefinition, text: str) -> Value:
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits:
        raise Invalid(field=definition.key, message=_("This is no address on the web; it begins with https://."))
    return text


_READERS = {
    TEXT: lambda definition, text: text,
    NUMBER: _number,
    DATE: _date,
    BOOLEAN: _boolean,
    CHOICE: _choice,
    URL: _url,
}
