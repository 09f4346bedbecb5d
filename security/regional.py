"""The first rows of several regions.

An index that begins with the region is in order within one region only: over two, the database sorts all there is.
So each region is asked for its first few, and those are merged.
"""

from typing import Any

from security.access import Access
from security.scoping import ScopedQuerySet


def newest_of_regions(rows: ScopedQuerySet[Any], *, access: Access, by: str, count: int) -> ScopedQuerySet[Any]:
    """The ``count`` rows with the latest ``by``, then id."""
    return first_of_regions(rows, access=access, by=(by,), count=count)


def first_of_regions(
    rows: ScopedQuerySet[Any], *, access: Access, by: tuple[str, ...], count: int, rising: bool = False
) -> ScopedQuerySet[Any]:
    """The ``count`` rows with the highest ``by``, then id; ``rising``: with the lowest. ``rows`` are open for
    ``access`` already: naming the regions in which anything is visible adds nothing to what they may show."""
    columns = (*by, "pk")
    order = columns if rising else tuple(f"-{column}" for column in columns)
    regions = sorted(access.region_ids | access.extra_stream_regions)
    if len(regions) <= 1:
        return rows.filter(region_id__in=regions).order_by(*order)[:count]
    found = [
        place
        for region in regions
        for place in rows.filter(region_id=region).order_by(*order).values_list(*columns)[:count]
    ]
    first = sorted(found, reverse=not rising)[:count]
    return rows.filter(pk__in=[place[-1] for place in first]).order_by(*order)
