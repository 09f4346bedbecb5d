"""A table that only grows, held by the database itself: what is in it is neither changed nor deleted.

A constraint, so that migrations carry it like any other; to both databases it is triggers. Whoever owns the database
can drop them. What that leaves behind is what the seals are for (``docs/operation-log.md``).
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement, Table

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION kefu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: nothing in it is changed or deleted', TG_TABLE_NAME USING ERRCODE = '23001';
END $$
"""
_POSTGRESQL = (
    "CREATE TRIGGER %(name)s BEFORE UPDATE OR DELETE ON %(table)s FOR EACH ROW EXECUTE FUNCTION kefu_append_only()",
    "CREATE TRIGGER %(name)s_whole BEFORE TRUNCATE ON %(table)s FOR EACH STATEMENT EXECUTE FUNCTION kefu_append_only()",
)
_SQLITE = tuple(
    f"CREATE TRIGGER %(name)s_{deed} BEFORE {deed} ON %(table)s"
    " BEGIN SELECT RAISE(ABORT, '%(name)s: nothing is changed or deleted'); END"
    for deed in ("update", "delete")
)


class AppendOnly(models.BaseConstraint):
    """``constraints = [AppendOnly(name="…")]``: an UPDATE or a DELETE raises ``IntegrityError``."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """Nothing within the table: a trigger comes after it."""
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """For a table that is there. SQLite takes one statement at a time, but makes such tables anew instead."""
        return ";".join(map(str, self._triggers(model, schema_editor)))

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return ";".join(self.removals(model, schema_editor))

    def removals(self, model: Any, schema_editor: Any) -> list[str]:
        table = schema_editor.quote_name(model._meta.db_table)
        if schema_editor.connection.vendor == "postgresql":
            return [f"DROP TRIGGER {name} ON {table}" for name in (self.name, f"{self.name}_whole")]
        return [f"DROP TRIGGER {self.name}_{deed}" for deed in ("update", "delete")]

    def additions(self, model: Any, schema_editor: Any) -> list[str]:
        return list(map(str, self._triggers(model, schema_editor)))

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """New rows are always welcome."""

    def _triggers(self, model: Any, schema_editor: Any) -> Iterator[Statement]:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        on_postgresql = schema_editor.connection.vendor == "postgresql"
        if on_postgresql:
            yield Statement(_POSTGRESQL_FUNCTION.replace("%", "%%"), table=table)
        for template in _POSTGRESQL if on_postgresql else _SQLITE:
            yield Statement(template, name=self.name, table=table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppendOnly) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)
