"""Messages in which customers wrote a term: found when they are asked for, by the search, as far as the reader may."""

from datetime import date, timedelta
from typing import Any

from inbox.keywords.counting import bounds_of
from inbox.keywords.figures import last_counted
from inbox.models import KeywordTerm
from inbox.search.queries import Search, find_messages
from security.access import Access
from security.search.asking import understand
from security.search.hunting import Found


def examples(*, access: Access, term_id: object, until: date | None, days: int, after: list[Any] | None) -> Found:
    row: KeywordTerm = KeywordTerm.objects.visible_to(access).select_related("region").get_or_404(term_id)
    last = until or last_counted(row.region_id)
    if last is None:
        return Found([], None, partial=False)
    narrowed_by = {
        "region": str(row.region_id),
        "direction": "in",
        "since": bounds_of(row.region, last - timedelta(days=days - 1))[0].isoformat(),
        "until": bounds_of(row.region, last)[1].isoformat(),
    }
    return find_messages(Search(access, understand(f'"{row.text}"'), narrowed_by, after))
