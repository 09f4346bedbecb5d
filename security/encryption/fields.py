"""Model fields whose values are plain in Python and sealed in the database.

The model carries ``key_id`` (a ``DataKey``) and a primary key that is known before INSERT; both must be set before
saving. A value is opened on first access, so a query that does not touch it costs no decryption.
"""

import json
from typing import Any
from uuid import UUID

from django.db import models

from security.encryption.keyring import open_key, open_sealed
from security.encryption.sealing import seal


class Sealed(bytes):
    """A ciphertext as it came from the database."""


class _Opening:
    """Descriptor: opens the ciphertext on first access and keeps the plain value on the instance."""

    def __init__(self, field: "EncryptedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = self.field.open(value, instance)
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):
    """Any JSON value (text, object, list), AES-256-GCM encrypted under the row's ``key_id``."""

    # For the type checker, which would otherwise take the value for bytes.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.attname, _Opening(self))

    def from_db_value(self, value: Any, expression: object, connection: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Any:
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        key_id: UUID = model_instance.key_id  # type: ignore[attr-defined]
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return Sealed(seal(open_key(key_id), plain, place=self.place(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name}: a plain value cannot be written by update(); save the row instead.")
        return super().get_db_prep_value(value, connection, prepared)

    def open(self, sealed: Sealed, instance: models.Model) -> Any:
        plain = open_sealed(instance.key_id, bytes(sealed), place=self.place(instance))  # type: ignore[attr-defined]
        return json.loads(plain.decode("utf-8", "surrogatepass"))

    def place(self, instance: models.Model) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}:{instance.pk}".encode()
