"""Whether the admin asks for a second factor: to come in, and again before what is grave (PM-9)."""

from django.http import HttpRequest

from security.access import Access


def ask_for_factor(request: HttpRequest, who: Access) -> None:
    """Refuse unless a factor was shown within the policy's minutes, where the policy asks for one."""
