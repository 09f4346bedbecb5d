from collections.abc import Iterator

import pytest
from django.db import connection

from tests.inbox.search import finding


@pytest.fixture(params=["single", "packed"] if connection.vendor == "postgresql" else ["single"])
def either_way(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """Everything has an entry of its own or, where there are blocks, is in one before anything is asked."""
    finding.packing = request.param == "packed"
    yield
    finding.packing = False
