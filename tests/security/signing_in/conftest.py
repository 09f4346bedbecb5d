from typing import Any

import pytest
from django.test import Client

from tests.conftest import PASSWORD

SESSION = "/api/v1/session"


class Stranger:
    """Somebody at the sign-in page."""

    def __init__(self, host: str = "localhost") -> None:
        self.client = Client(enforce_csrf_checks=True, SERVER_NAME=host, headers={"accept-language": "en"})

    def post(self, path: str, **body: Any) -> Any:
        token = self.client.get(SESSION).cookies["csrftoken"].value
        return self.client.post(path, body, content_type="application/json", headers={"x-csrftoken": token})

    def sign_in(self, email: str = "ben@kefu.test", password: str = PASSWORD) -> Any:
        return self.post(SESSION, email=email, password=password)

    def is_in(self) -> bool:
        return self.client.get("/api/v1/me").status_code == 200


@pytest.fixture
def stranger() -> Stranger:
    return Stranger()
