"""Closed managers: a query can be built but not run until somebody said for whom.

``Model.objects`` of a scoped model raises ``Unscoped`` on any attempt to read until ``.visible_to(access)`` or
``.for_system("reason")`` opened it. Creating rows needs no opening: only actions do it.
"""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import sql

from security.access import Access
from security.errors import NotFound

M = TypeVar("M", bound=models.Model)


class Unscoped(RuntimeError):
    """A query on a scoped model was run without saying for whom."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__}.objects is closed. Open it with .visible_to(access), or with "
            f'.for_system("why nobody in particular is asking").'
        )


class ClosedQuery(sql.Query):
    """A query that refuses to be compiled, alone or inside another one."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        raise Unscoped(self.model)  # type: ignore[arg-type]

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        raise Unscoped(self.model)  # type: ignore[arg-type]

    def combine(self, rhs: Any, connector: Any) -> None:
        raise Unscoped(self.model)  # type: ignore[arg-type]


class ScopedQuerySet(models.QuerySet[M]):
    """Subclasses implement ``_seen_by``: the SQL half of the app's visibility policy."""

    def visible_to(self, access: Access) -> Self:
        """Open for one person: only rows they may see."""
        return self._opened()._seen_by(access)

    def for_system(self, reason: str) -> Self:
        """Open for Kefu itself. ``reason`` is for the reader of the code."""
        if not reason:
            raise ValueError("say why the system reads across everybody's rows")
        return self._opened()

    def locked(self) -> Self:
        """Lock the rows until the transaction ends (SQLite locks the whole database instead). ``no_key``: others may
        still insert rows that refer to these, else a send and a pause of its channel deadlock."""
        return self.select_for_update(of=("self",), no_key=True)

    def get_or_404(self, pk: object) -> M:
        """The row, or ``NotFound``: unseen and absent are the same thing."""
        found = self.filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def _seen_by(self, access: Access) -> Self:
        raise NotImplementedError(f"{type(self).__name__} must say what {access.level} may see")

    def _opened(self) -> Self:
        opened = self._chain()  # type: ignore[attr-defined]
        opened.query = self.query.chain(klass=sql.Query) if isinstance(self.query, ClosedQuery) else self.query.chain()
        return opened

    def _guard(self) -> None:
        if isinstance(self.query, ClosedQuery):
            raise Unscoped(self.model)

    def _guard_both(self, other: Any) -> None:
        self._guard()
        if isinstance(getattr(other, "query", None), ClosedQuery):
            raise Unscoped(self.model)

    # These bypass ``get_compiler`` of the closed query, so each needs its own guard (tests/contracts has one per hole).
    def update(self, **kwargs: Any) -> int:
        self._guard()
        return super().update(**kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        self._guard()
        return super().raw(*args, **kwargs)

    def _raw_delete(self, using: str | None) -> int:
        self._guard()
        return super()._raw_delete(using)

    def __or__(self, other: Any) -> Self:
        self._guard_both(other)
        return super().__or__(other)

    def __and__(self, other: Any) -> Self:
        self._guard_both(other)
        return super().__and__(other)

    def __xor__(self, other: Any) -> Self:
        self._guard_both(other)
        return super().__xor__(other)


class ClosedManager(models.Manager[M]):
    """The default manager of a scoped model; made with ``ClosedManager.from_queryset(SomeScopedQuerySet)``."""

    def get_queryset(self) -> Any:
        queryset = super().get_queryset()
        queryset.query = queryset.query.chain(klass=ClosedQuery)
        return queryset

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise Unscoped(self.model)


def every_row(model: type[models.Model], reason: str) -> models.QuerySet[Any]:
    """All rows of a model that is known at run time only: closed ones are opened for Kefu itself, with its reason."""
    manager: Any = model._default_manager
    closed = isinstance(manager, ClosedManager)
    return manager.for_system(reason) if closed else manager.all()
