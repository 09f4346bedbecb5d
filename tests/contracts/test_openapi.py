"""The OpenAPI document says what is answered; the fuzz holds every answer against it."""

from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator


def test_every_operation_documents_how_it_refuses():
    document = SchemaGenerator().get_schema(request=None, public=True)
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    refusals = [operation["responses"]["4XX"]["content"]["application/json"]["schema"] for operation in operations]
    assert len(refusals) > 20
    assert refusals == [{"$ref": "#/components/schemas/Refusal"}] * len(operations)


def test_nothing_in_it_has_two_meanings():
    """Two bodies or two enums of one name: the document would say one of them for both, and every start would warn."""
    reset_generator_stats()
    SchemaGenerator().get_schema(request=None, public=True)
    GENERATOR_STATS.emit_summary()
    assert not GENERATOR_STATS
