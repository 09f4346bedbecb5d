"""The migrations as ``manage.py renew_migrations`` writes them: an empty database is ready soon."""

from importlib import import_module
from itertools import pairwise

import pytest
from django.db.migrations import AddIndex, CreateModel
from django.db.models import Index

from config.management.commands.renew_migrations import together
from security.create_models import CreateModels


@pytest.mark.parametrize("label", ["security", "contacts", "inbox"])
def test_tables_that_follow_one_another_stand_in_one_operation(label: str):
    operations = import_module(f"{label}.migrations.0001_initial").Migration.operations
    kinds = [type(one) for one in operations]
    assert CreateModels in kinds and CreateModel not in kinds
    assert (CreateModels, CreateModels) not in pairwise(kinds)


def test_what_stands_between_tables_keeps_its_place():
    tables = [CreateModel(name, []) for name in ("One", "Two", "Three")]
    between = AddIndex("two", Index(fields=["at"], name="two_at"))
    found = together([*tables[:2], between, tables[2]])
    assert [type(one) for one in found] == [CreateModels, AddIndex, CreateModels]
    assert (list(found[0].operations), found[1], list(found[2].operations)) == (tables[:2], between, tables[2:])
