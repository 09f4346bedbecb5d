from typing import Any, ClassVar

from django.db import models

from contacts.models.data_import import Import
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet

PHASES = (("check", "found by a check"), ("run", "not taken"), ("undo", "not undone"))


class ImportProblem(models.Model):
    """A line that was not taken in, or not undone, and why; gone with its import's key. ``told``: the words, and the
    cells."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems", db_index=False)
    key_id = models.UUIDField()
    line = models.PositiveIntegerField()
    phase = models.CharField(max_length=5, choices=PHASES, default="run")
    code = models.CharField(max_length=40)
    field = models.CharField(max_length=60, blank=True)
    told = EncryptedField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        indexes = [models.Index(fields=("of", "phase", "line", "id"), name="import_problem_lines")]

    def __str__(self) -> str:
        return f"line {self.line} of {self.of_id}"
