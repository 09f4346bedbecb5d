"""The Content-Security-Policy: strict for everything, and as much looser below ``/admin/`` as its theme needs.

The admin's theme is Alpine (which builds functions from its attributes) and inline styles; it has no inline script.
"""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts

ADMIN = "/admin/"
_ADMIN_POLICY: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "style-src-attr": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "media-src": [NONE],
}


class ContentPolicy(CSPMiddleware):
    def get_policy_parts(self, request: Any, response: Any, report_only: bool = False) -> PolicyParts:  # noqa: FBT001, FBT002
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(ADMIN):
            parts.replace = {**(parts.replace or {}), **_ADMIN_POLICY}
        return parts
