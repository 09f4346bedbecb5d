"""Request bodies: one JSON object whose values have the declared JSON types. Nothing is coerced."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.fields import empty

from security.api.refusals import BodyUnreadable

# DRF would take 5 for "5" and "5" for 5: a client that mixes them up learns of it here, not from wrong data.
_JSON_TYPES: tuple[tuple[type[serializers.Field], tuple[type, ...], Any], ...] = (
    (serializers.CharField, (str,), _("This must be text.")),
    (serializers.ChoiceField, (str,), _("This must be text.")),
    (serializers.DateTimeField, (str,), _("This must be text.")),
    (serializers.UUIDField, (str,), _("This must be an id, as text.")),
    (serializers.IntegerField, (int,), _("This must be a whole number.")),
    (serializers.FloatField, (int, float), _("This must be a number.")),
    (serializers.ListField, (list,), _("This must be a list.")),
    (serializers.DictField, (dict,), _("This must be an object.")),
    (serializers.Serializer, (dict,), _("This must be an object.")),
)
_LARGEST_BITS = 1024  # of a double


class Body(serializers.Serializer[None]):
    """The base of every request body. A field of another JSON type is refused by its name (code ``invalid``)."""

    def run_validation(self, data: Any = empty) -> Any:
        if self.root is self and not isinstance(data, Mapping):
            raise BodyUnreadable
        if not isinstance(data, Mapping):
            return super().run_validation(data)
        wrong = {
            name: [serializers.ErrorDetail(words, code="invalid")]
            for name, field in self.fields.items()
            if name in data and data[name] is not None and (words := _mismatch(field, data[name]))
        }
        if wrong:
            raise serializers.ValidationError(wrong)
        return super().run_validation(data)


def _holdable(value: Any) -> bool:
    """JSON knows whole numbers of any length; neither a double nor a database holds them."""
    return not isinstance(value, int) or value.bit_length() < _LARGEST_BITS


def _mismatch(field: serializers.Field, value: Any) -> Any:
    """The words to refuse ``value`` with; ``None`` when its JSON type is the field's."""
    for kind, types, words in _JSON_TYPES:
        if isinstance(field, kind):
            return None if isinstance(value, types) and not isinstance(value, bool) and _holdable(value) else words
    return None
