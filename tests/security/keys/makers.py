"""Making keys as people do: over the API, with a fresh code."""

from typing import Any

from django.test import Client

from security.models import ApiKey
from tests.conftest import Cast
from tests.worlds.factors import fresh_browser

KEYS = "/api/v1/api-keys"
SEES = ["conversation.see", "contact.see", "channel.see"]


def wish(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"name": "Shop", "permissions": SEES, "regions": [cast.asia.pk], "days": 90, **more}


def ask(browser: Client, body: dict[str, Any]) -> Any:
    return browser.post(KEYS, body, content_type="application/json")


def made(cast: Cast, name: str = "dee", **more: Any) -> tuple[ApiKey, str]:
    """A key of ``name``, and its secret."""
    answer = ask(fresh_browser(cast, name), wish(cast, **more))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    return ApiKey.objects.get(public_id=told["key"]["id"]), told["secret"]


def program(secret: str, **more: Any) -> Client:
    return Client(
        enforce_csrf_checks=True, headers={"authorization": f"Api-Key {secret}", "accept-language": "en"}, **more
    )
