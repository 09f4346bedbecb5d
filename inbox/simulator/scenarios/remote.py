"""The control plane of a running simulator, as a script's runner calls it."""

from __future__ import annotations

from typing import Any

import requests

from inbox.simulator.scenarios.runner import Control

_TIMEOUT = 150.0


def control_plane(base_url: str) -> Control:
    """Calls below `/__sim/` of this address; whatever is not a success raises with what was answered."""
    session = requests.Session()
    session.trust_env = False  # a proxy would lead elsewhere

    def call(method: str, path: str, body: Any) -> Any:
        answer = session.request(method, f"{base_url.rstrip('/')}/__sim/{path}", json=body, timeout=_TIMEOUT)
        if not answer.ok:
            raise RuntimeError(f"{method} {path}: {answer.text[:300]}")
        return answer.json()

    return call
