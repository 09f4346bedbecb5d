from django import template

from contacts.privacy.words import word

register = template.Library()


@register.filter
def spoken(code: str, table: str) -> str:
    """``{{ one.status|spoken:"status" }}``."""
    return word(table, code)
