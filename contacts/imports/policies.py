"""Who hears of imports: whoever may import in their region. The mirror of ``ImportQuerySet``."""

from security.access import Access, Scope
from security.streams import register_audience


def sees_import(access: Access, scope: Scope) -> bool:
    return access.can("contacts.import_contact") and scope["region_id"] in access.region_ids


register_audience("import", sees_import)
