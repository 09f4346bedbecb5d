from collections.abc import Iterator

import pytest
from django.db import connection

from tests.inbox.search import finding


@pytest.fixture(params=["single", "packed"])
def either_way(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """Messages have an entry each, or are all in blocks before anything is asked."""
    if request.param == "packed" and connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has blocks")
    finding.packing = request.param == "packed"
    yield
    finding.packing = False
