"""What the shops of a region sell (CM-3)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.exchange.checking import may_write, outcomes_of
from contacts.exchange.rows import CREATED, UNCHANGED, UPDATED, Outcome, ProductRow
from contacts.models import Product
from contacts.money import check_amount, check_currency
from security.access import Actor
from security.bulk import insert_many, save_many
from security.errors import Invalid, Missing
from security.models import Region
from security.writing import write

_WHY = "what another system sells"
_COLUMNS = ("name", "sku", "currency", "price_minor", "url")
_LONGEST = {"external_id": 120, "name": 200, "sku": 80, "url": 500}


def upsert_products(*, by: Actor, region: Region, source: str, rows: Sequence[ProductRow]) -> list[Outcome]:
    """Write what ``source`` sells, each row alone; the same rows a second time change nothing."""
    may_write(by, region, source, rows)
    with write(by=by) as change:
        outcomes, good = outcomes_of(rows, _check)
        named = {rows[place].external_id for place in good}
        stored = Product.objects.for_system(_WHY).locked().order_by("id")
        known: dict[str, Product] = {
            row.external_id: row for row in stored.filter(region=region, source=source, external_id__in=named)
        }
        fresh: dict[str, Product] = {}
        altered: dict[str, Product] = {}
        for place in good:
            row = rows[place]
            product = known.get(row.external_id)
            if product is None:
                product = Product(region=region, source=source, external_id=row.external_id)
                known[row.external_id] = fresh[row.external_id] = product
                _take(product, row)
                outcomes[place] = Outcome(place, CREATED, product.pk)
            elif _take(product, row):
                if row.external_id not in fresh:
                    altered[row.external_id] = product
                outcomes[place] = Outcome(place, UPDATED, product.pk)
            else:
                outcomes[place] = Outcome(place, UNCHANGED, product.pk)
        insert_many(list(fresh.values()))
        for product in altered.values():
            product.version += 1
        save_many(list(altered.values()), [*_COLUMNS, "told_at", "gone_at", "version"])
        if fresh or altered:
            change.record("product.exchanged", region, source=source, created=len(fresh), updated=len(altered))
    return [outcomes[place] for place in range(len(rows))]


def _take(product: Product, row: ProductRow) -> bool:
    """Whether it says anything new."""
    if row.told_at is not None and product.told_at is not None and row.told_at < product.told_at:
        return False  # older news that come late
    before = [getattr(product, column) for column in (*_COLUMNS, "gone_at")]
    for column in _COLUMNS:
        setattr(product, column, getattr(row, column))
    product.gone_at = (product.gone_at or timezone.now()) if row.gone else None
    changed = before != [getattr(product, column) for column in (*_COLUMNS, "gone_at")]
    if changed or product.told_at is None:
        product.told_at = row.told_at or product.told_at
    return changed


def _check(row: ProductRow) -> None:
    for name in ("external_id", "name"):
        if not getattr(row, name).strip():
            raise Missing(field=name)
    for name, longest in _LONGEST.items():
        value: Any = getattr(row, name)
        if len(value) > longest:
            raise Invalid(field=name, message=_("At most %(n)s characters.") % {"n": longest})
    if row.currency:
        check_currency(row.currency)
    if row.price_minor is not None:
        check_amount(row.price_minor, field="price_minor")
