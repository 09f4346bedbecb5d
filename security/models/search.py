"""Where the marks of what is searchable are kept. Only ``security.search.index`` reads and writes it, each database in
its own words."""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement

POSTGRESQL, SQLITE = "postgresql", "sqlite"
TEXTS = "security_searchtext"
# A search reads what is not sorted in yet from end to end: less of that than usual.
_GIN = (
    "CREATE INDEX IF NOT EXISTS %(name)s ON %(table)s USING gin (tokens)"
    " WITH (fastupdate = on, gin_pending_list_limit = 1024)"
)
_IN_ROW = "ALTER TABLE %s " + ", ".join(f"ALTER {column} SET STORAGE MAIN" for column in ("held", "tokens", "members"))
_FTS = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {TEXTS}"
    " USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii')"
)


class _Array(models.Field[Any, Any]):
    """An array on PostgreSQL; empty on SQLite, which has the tokens in its full-text table."""

    element = ""

    def db_type(self, connection: Any) -> str:
        return f"{self.element}[]" if connection.vendor == POSTGRESQL else "blob"

    def value_to_string(self, obj: models.Model) -> str:
        return ",".join(map(str, self.value_from_object(obj) or ()))


class TokenArray(_Array):
    element = "integer"


class BitsArray(_Array):
    element = "bigint"


class ObjectArray(_Array):
    element = "uuid"


class TokenIndex(models.BaseConstraint):
    """A constraint, so that migrations carry it like any other: the index of the array, or the full-text table."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """Nothing within the table: the index comes after it."""
        schema_editor.deferred_sql.append(Statement(self._create(model, schema_editor)))
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return self._create(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        on_postgresql = schema_editor.connection.vendor == POSTGRESQL
        return f"DROP INDEX IF EXISTS {self.name}" if on_postgresql else f"DROP TABLE IF EXISTS {TEXTS}"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Any tokens are welcome."""

    def _create(self, model: Any, schema_editor: Any) -> str:
        if schema_editor.connection.vendor != POSTGRESQL:
            return _FTS
        return _GIN % {"name": self.name, "table": schema_editor.quote_name(model._meta.db_table)}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


class BlockIndex(TokenIndex):
    """The index of the blocks' tokens. Their arrays stay in the row: each is read with the others."""

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return f"DROP INDEX IF EXISTS {self.name}"

    def _create(self, model: Any, schema_editor: Any) -> str:
        if schema_editor.connection.vendor != POSTGRESQL:
            return "SELECT 1"  # there are no blocks there
        return f"{super()._create(model, schema_editor)}; {_IN_ROW % schema_editor.quote_name(model._meta.db_table)}"


class SearchEntry(models.Model):
    """One message, note or contact in the index: nothing of it but 32-bit pieces of keyed hashes. ``doc`` is what
    SQLite's full-text table calls it."""

    doc = models.BigAutoField(primary_key=True)
    object_id = models.UUIDField(unique=True)
    tokens = TokenArray(null=True)

    class Meta:
        constraints = [TokenIndex(name="search_tokens")]

    def __str__(self) -> str:
        return f"what {self.object_id} is found by"


class SearchBlock(models.Model):
    """Up to 64 objects of one kind and region, on PostgreSQL. ``members`` tells of each of ``tokens`` whose it is: one
    bit for each of ``held``, by its place. Nothing is lost by that: a block can be taken apart into its entries."""

    lowest = models.UUIDField(primary_key=True)
    highest = models.UUIDField()
    held = ObjectArray(null=True)
    tokens = TokenArray(null=True)
    members = BitsArray(null=True)

    class Meta:
        constraints = [BlockIndex(name="search_block_tokens")]
        indexes = [models.Index(fields=("highest", "lowest"), name="search_block_span")]

    def __str__(self) -> str:
        return f"a block from {self.lowest} on"
