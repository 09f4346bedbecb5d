"""A sender and a host for phishing drills that are not Kefu's own."""

from typing import Any

HOST = "post-desk.test"
STAGE: dict[str, Any] = {"KEFU_DRILL_SENDER": f"office@{HOST}", "KEFU_DRILL_URL": f"http://{HOST}"}
