"""The background tasks of imports and of number hygiene, each in a world where it has something to do."""

from tests.conftest import Cast
from tests.contracts.twice import run_twice
from tests.inbox.simulator.running import Running


def importing(cast: Cast, meta: Running) -> None:
    from contacts.actions.imports import run_import
    from contacts.models import Contact
    from tests.contacts.imports.files import bring

    row = bring(cast.access("dee"), cast.asia, b"phone\n+886912345678\n")
    run_import(by=cast.access("dee"), import_id=row.pk)
    run_twice("contacts.carry_on_import", str(row.pk))
    assert Contact.objects.for_system("the test").count() == 1


def _twins(cast: Cast) -> None:
    from tests.contacts.imports.files import taken_in

    for source in ("one", "two"):
        taken_in(cast.access("dee"), cast.asia, b"id,name\nM1,Mei\n", source=source)


def finding_duplicates(cast: Cast, meta: Running) -> None:
    from contacts.models import Duplicate

    _twins(cast)
    run_twice("contacts.find_duplicates_of", cast.asia.pk)
    assert Duplicate.objects.for_system("the test").count() == 1


def tidying_numbers(cast: Cast, meta: Running) -> None:
    from contacts.models import Duplicate

    _twins(cast)
    run_twice("contacts.tidy_numbers")
    assert Duplicate.objects.for_system("the test").count() == 1


IMPORT_TASKS = {
    "contacts.carry_on_import": importing,
    "contacts.find_duplicates_of": finding_duplicates,
    "contacts.tidy_numbers": tidying_numbers,
}
