"""Who sees what customers write about: whoever may, of their own regions. It counts all conversations, so it is for
whoever sees all of them."""

from security.access import ALL, Access, Scope
from security.streams import register_audience

SEE = "inbox.see_keywords"


def sees_keywords(access: Access, scope: Scope) -> bool:
    return access.can(SEE) and access.sight == ALL and scope.get("region_id") in access.region_ids


def keyword_scope(region_id: int) -> dict[str, object]:
    return {"region_id": region_id}


register_audience("keywords", sees_keywords)
