"""The fixed cast, one real simulator per test process, and nothing of our own faked.

Ana administers, Ben answers in Asia, Cho answers in Europe and must never see Asia, Dee supervises both, Eli only reads
in Asia, Fay is senior in Asia.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from config.celery import app as celery_app
from security.access import Access, System, access_of
from security.actions.levels import sync_levels
from security.actions.people import add_person, add_region
from security.encryption.keyring import forget_keys
from security.limits.buckets import forget_taken
from security.log.viewing import forget_views
from security.models import Region, SignInPolicy, User
from security.names import forget_names
from security.network.allowlist import forget_lists
from security.policy import Policy
from security.search.keyed import forget_marks
from security.signing_in.policy import NOBODY
from security.tiers.standing import forget_standing
from security.usage import forget_counted
from tests.inbox.simulator.running import Running
from tests.scheduling import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from tests.worlds.cached import forget_cached
from tests.worlds.serving import Served
from tests.worlds.templates import Template

PASSWORD = "Kefu-test-2026!"
BY = System("tests")


# The simulator has a database of its own, whatever Kefu's is; what only reads files reads the same ones; and a browser
# shows the same pages, whatever they come from: that it hears of everything over Redis and real workers too, a few of
# its tests try. On the second profile the others would say nothing new, and take minutes.
_THE_SAME_ON_BOTH = (
    "tests/browser/",
    "tests/inbox/demo/",
    "tests/inbox/simulator/",
    "tests/attacks/test_comparing.py",
    "tests/attacks/test_forged_requests.py",
    "tests/attacks/test_log_injection.py",
    "tests/attacks/test_odd_names.py",
    "tests/attacks/test_outgoing.py",
    "tests/attacks/test_regexes.py",
    "tests/attacks/test_smuggled_fields.py",
    "tests/attacks/test_stored_content.py",
    "tests/attacks/test_the_table.py",
    "tests/contracts/test_markup.py",
    "tests/contracts/test_committed_files.py",
    "tests/contracts/test_dependencies.py",
    "tests/contracts/test_sizes.py",
    "tests/config/test_setup_",
)
_NOT_THE_SAME = (
    "tests/browser/test_following_the_thread.py",
    "tests/browser/test_the_team_at_work.py",
    "tests/browser/test_the_whole_story.py",
    "tests/config/test_setup_services.py",
    "tests/inbox/demo/test_world.py",
    "tests/inbox/simulator/test_played_to_kefu.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out on PostgreSQL and Redis what depends on neither; a file that is asked for by name is always run."""
    if os.environ.get("KEFU_TEST_PROFILE") != "services" or [Path(one).name for one in config.args] != ["tests"]:
        return
    once = [item for item in items if _runs_once(item.nodeid)]
    config.hook.pytest_deselected(items=once)
    items[:] = [item for item in items if not _runs_once(item.nodeid)]


def _runs_once(nodeid: str) -> bool:
    return nodeid.startswith(_THE_SAME_ON_BOTH) and not nodeid.startswith(_NOT_THE_SAME)


def pytest_configure() -> None:
    # Tests call drain() and deliver() themselves, or start real worker processes; hints to a broker go nowhere.
    celery_app.conf.broker_url = "memory://"


@pytest.fixture(autouse=True)
def _fresh_process_memory() -> Iterator[None]:
    """What a process remembers between requests must not outlive a test's database."""
    yield
    forget_keys()
    forget_marks()
    Policy.forget()
    forget_names()
    forget_views()
    forget_counted()
    forget_cached()
    forget_taken()
    forget_lists()
    forget_standing()
    from inbox.ingest import channels

    channels.forget()
    from inbox.sla import forget_terms

    forget_terms()
    from contacts.consent.words import forget_words as forget_consent_words
    from contacts.rules.book import forget_rules
    from inbox.risk.words import forget_words

    forget_consent_words()
    forget_words()
    forget_rules()


@dataclass
class Cast:
    asia: Region
    europe: Region
    ana: User
    ben: User
    cho: User
    dee: User
    eli: User
    fay: User

    def access(self, name: str) -> Access:
        return access_of(User.objects.get(pk=getattr(self, name).pk))

    def browser(self, name: str) -> Client:
        """A signed-in test client of this person."""
        client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
        client.force_login(getattr(self, name))
        return client


_PEOPLE = (
    ("ana", "admin", ("asia", "europe")),
    ("ben", "agent", ("asia",)),
    ("cho", "agent", ("europe",)),
    ("dee", "supervisor", ("asia", "europe")),
    ("eli", "observer", ("asia",)),
    ("fay", "senior", ("asia",)),
)


def _make_cast() -> None:
    sync_levels(by=BY)
    ask_for_factor_from(NOBODY)
    regions = {
        "asia": add_region(by=BY, code="asia", name="亞洲", time_zone="Asia/Taipei"),
        "europe": add_region(by=BY, code="europe", name="歐洲", time_zone="Europe/London"),
    }
    for name, level, codes in _PEOPLE:
        add_person(
            by=BY,
            email=f"{name}@kefu.test",
            name=name.title(),
            password=PASSWORD,
            level=level,
            regions=[regions[code] for code in codes],
        )


def ask_for_factor_from(level: str) -> None:
    """The cast signs in with the password alone, but where a test is about the second factor."""
    SignInPolicy.objects.update_or_create(pk=1, defaults={"factor_from": level})
    Policy.forget()


_CAST = Template(_make_cast)


@pytest.fixture
def cast(db: None) -> Cast:
    _CAST.lay()
    people = {name: User.objects.get(email=f"{name}@kefu.test") for name, _level, _regions in _PEOPLE}
    asia, europe = (Region.objects.get(code=code) for code in ("asia", "europe"))
    return Cast(asia=asia, europe=europe, **people)


@pytest.fixture(scope="session")
def whatsapp() -> Iterator[Running]:
    """The simulator over real HTTP, one per test process; ``reset`` between tests is the test's own business."""
    running = Running()
    yield running
    running.stop()


@pytest.fixture
def meta(whatsapp: Running) -> Running:
    """The simulator as it is at the start: no numbers, no customers, no faults."""
    whatsapp.sim("POST", "reset")
    return whatsapp


@pytest.fixture
def kefu(transactional_db: None) -> Iterator[Served]:
    """Kefu over real HTTP and sockets; its threads see what the test committed."""
    served = Served()
    yield served
    served.stop()
