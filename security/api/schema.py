"""OpenAPI: every operation also documents the refusal shape."""

import inspect
from dataclasses import dataclass
from typing import Any

from drf_spectacular.openapi import AutoSchema
from inflection import underscore as camel_to_snake
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.api.base import SIGNED_IN
from security.levels import public_name


@dataclass(frozen=True)
class RefusalShape:
    """What every refusal looks like; ``field`` names the value at fault, ``remedy`` says what to do."""

    code: str
    message: str
    field: str | None
    remedy: str | None


class RefusalSerializer(DataclassSerializer[RefusalShape]):
    class Meta:
        dataclass = RefusalShape
        ref_name = "Refusal"


class KefuSchema(AutoSchema):
    def get_operation_id(self) -> str:
        """``get_conversation``, ``post_messages``: unique, because every view class is."""
        return f"{self.method.lower()}_{camel_to_snake(type(self.view).__name__.removesuffix('View'))}"

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        """The last step, after what ``extend_schema`` says: it replaces ``get_response_serializers``."""
        refusal = self._get_response_for_code(RefusalSerializer, "4XX", None, direction)
        return {**super()._get_response_bodies(direction), "4XX": refusal}

    def get_summary(self) -> str:
        return self._words()[0]

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular calls it so
        return "\n\n".join(part for part in (self._words()[1], self._need()) if part)

    def _words(self) -> tuple[str, str]:
        """First line and rest of the method's docstring; of the view's own for a method that several views inherit.
        A base class's docstring is for us, not for users of the API."""
        own = type(self.view).__dict__.get("__doc__")
        written = getattr(self.view, self.method.lower()).__doc__ or own or ""
        first, _, rest = inspect.cleandoc(written).partition("\n")
        return first.strip(), " ".join(rest.split())

    def _need(self) -> str:
        need = getattr(self.view, "needs", {}).get(self.method)
        if not isinstance(need, str):
            return "Open to anybody."
        return "Needs a signed-in person." if need == SIGNED_IN else f"Needs the permission `{public_name(need)}`."
