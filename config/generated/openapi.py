"""``static/src/api/openapi.json``: the contract with the client, from which its types are made."""

import json

from drf_spectacular.generators import SchemaGenerator

OPENAPI = "static/src/api/openapi.json"


def make() -> dict[str, str]:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return {OPENAPI: json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"}
