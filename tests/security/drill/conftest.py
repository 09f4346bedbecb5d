import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.security.drill.drilling import Post
from tests.worlds.drills import STAGE


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    box = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


@pytest.fixture(autouse=True)
def _a_stage(settings: Any) -> None:
    for name, value in STAGE.items():
        setattr(settings, name, value)
