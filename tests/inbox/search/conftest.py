from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.conftest import Cast
from tests.inbox.search import finding
from tests.worlds.channels import channel


@pytest.fixture
def shop(cast: Cast) -> Any:
    return channel(cast.asia)


@pytest.fixture(params=["single", "packed"] if connection.vendor == "postgresql" else ["single"])
def either_way(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """Everything has an entry of its own or, where there are blocks, is in one before anything is asked."""
    finding.packing = request.param == "packed"
    yield
    finding.packing = False
