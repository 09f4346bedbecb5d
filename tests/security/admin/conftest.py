import pytest

from security.models import User


@pytest.fixture(autouse=True)
def _admins_read_english(request: pytest.FixtureRequest) -> None:
    """The admin speaks a person's own language, whatever their browser says; these tests read it in English."""
    for world in ("cast", "two_admins"):
        if world in request.fixturenames:
            request.getfixturevalue(world)
            User.objects.filter(is_superuser=True).update(language="en")
