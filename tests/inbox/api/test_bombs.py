"""Small files that would be enormous: kept as they are or refused, never unfolded."""

import resource
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inbox.media_store import LARGEST_PIXELS
from inbox.models import Media
from inbox.simulator.acting import hostile_files
from tests.conftest import Cast
from tests.contracts.committed import ROOT, committed_files
from tests.worlds.channels import channel
from tests.worlds.threads import thread

PIXELS = hostile_files.make("huge_pixels")[0]
ARCHIVE = hostile_files.make("bomb")[0]


def attach(cast: Cast, name: str, content: bytes) -> Any:
    path = f"/api/v1/conversations/{thread(channel(cast.asia)).pk}/uploads"
    return cast.browser("ben").post(path, {"file": SimpleUploadedFile(name, content)})


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_picture_of_billions_of_pixels_is_not_drawn(cast: Cast):
    before = peak_mb()
    answer = attach(cast, "wide.png", PIXELS)
    assert answer.status_code in (201, 400)
    assert peak_mb() - before < 200
    assert not Media.objects.for_system("the test").exclude(width=None).exists()


def test_pillow_itself_holds_the_same_bound():
    from PIL import Image

    assert Image.MAX_IMAGE_PIXELS == LARGEST_PIXELS


@pytest.mark.parametrize("name", ["photos.zip", "table.xlsx", "words.docx", "a.txt", "a.pdf"])
def test_an_archive_that_unfolds_to_much_is_not_opened(cast: Cast, name: str):
    before = peak_mb()
    answer = attach(cast, name, ARCHIVE)
    assert (answer.status_code, answer.json()["code"]) in {
        (400, "file_type_refused"), (400, "file_name_unfit"), (201, None),
    }  # fmt: skip
    assert peak_mb() - before < 8


def test_nothing_of_ours_opens_archives():
    """Whoever needs to must bound what comes out of them first, and say so here."""
    openers = ("zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib")
    apps = ("security", "contacts", "inbox", "templates_mgr", "payments", "reports", "config")
    found = {
        name
        for name in committed_files()
        if name.endswith(".py") and name.split("/")[0] in apps and not name.startswith("inbox/simulator/")
        for line in (ROOT / name).read_text().splitlines()
        if line.strip().startswith(tuple(f"{verb} {opener}" for verb in ("import", "from") for opener in openers))
    }
    writers = {"contacts/privacy/archive.py"}  # makes one, of what is exported, and opens none
    bounded = {"contacts/imports/tables.py"}  # adds up what comes out before anything is unfolded
    assert found - writers - bounded <= {name for name in found if "/setup/" in name or "/demo/" in name}


@pytest.mark.parametrize(
    "name", ["x" * 5000 + ".pdf", "../" * 50 + "etc/passwd.pdf", "a\r\nX-Evil: 1.pdf", "\u202egpj.pdf"]
)
def test_a_name_that_is_too_long_or_odd_does_no_harm(cast: Cast, name: str):
    answer = attach(cast, name, b"%PDF-1.4\n" + b"0" * 100)
    assert answer.status_code in (201, 400)
    for media in Media.objects.for_system("the test"):
        assert len(media.name or "") <= 200 and "/" not in (media.name or "") and (media.name or "").isprintable()
