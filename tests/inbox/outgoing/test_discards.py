"""Files that belong to nothing are cleared away: attached and never sent, or written for a row that never came."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from inbox.actions.discards import discard_unsent_uploads, remove_strays
from inbox.actions.files import keep_upload
from inbox.media_store import write_file
from inbox.models import Media
from inbox.sweeping import housekeep
from security.errors import Invalid
from security.ids import made_at, new_id
from tests.inbox.outgoing.conftest import Desk
from tests.worlds.answers import send_media
from tests.worlds.asia import photo
from tests.worlds.threads import fresh, logged


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """Other tests of this process keep files too."""
    place = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": place}


def attached(desk: Desk) -> Media:
    return keep_upload(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, file=photo())


def grows_old(media: Media, *, hours: float) -> None:
    before = timezone.now() - timedelta(hours=hours)
    Media.objects.for_system("time passes").filter(pk=media.pk).update(created_at=before)


def old_id(*, hours: float) -> UUID:
    """An id as it was made then."""
    then = int((timezone.now() - timedelta(hours=hours)).timestamp() * 1000)
    return UUID(int=(then << 80) | (new_id().int & ((1 << 80) - 1)))


def stored(desk: Desk, *, hours: float, part: str = "original") -> tuple[Media, str]:
    """A file on the disk of which the database knows nothing yet, and its media."""
    media = Media(
        pk=old_id(hours=hours),
        conversation=desk.talk,
        key_id=desk.talk.contact.key_id,
        kind="image",
        state="ready",
        created_at=timezone.now() - timedelta(hours=hours),
    )
    return media, write_file(media, b"content", part=part)


def test_an_upload_that_was_never_sent_is_deleted_with_its_files_after_a_day(desk: Desk):
    young, old = attached(desk), attached(desk)
    grows_old(young, hours=23)
    grows_old(old, hours=25)
    housekeep()
    assert list(Media.objects.for_system("the test")) == [young]
    assert [default_storage.exists(name) for name in (young.file, young.thumbnail)] == [True, True]
    assert [default_storage.exists(name) for name in (old.file, old.thumbnail)] == [False, False]
    assert [line.subject_id for line in logged("file.discarded")] == [str(old.pk)]


def test_an_upload_that_was_sent_stays(desk: Desk):
    media, ben = attached(desk), desk.cast.access("ben")
    send_media(by=ben, conversation_id=desk.talk.pk, client_ref="1", upload=media.pk)
    grows_old(media, hours=1000)
    assert discard_unsent_uploads() == 0
    assert default_storage.exists(fresh(media).file)


def test_what_was_deleted_cannot_be_sent_any_more(desk: Desk):
    media = attached(desk)
    grows_old(media, hours=25)
    discard_unsent_uploads()
    with pytest.raises(Invalid):
        send_media(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, client_ref="1", upload=media.pk)


def test_a_file_whose_row_was_never_committed_is_removed(desk: Desk):
    _, lost = stored(desk, hours=25)
    _, young = stored(desk, hours=1)
    assert remove_strays() == 1
    assert (default_storage.exists(lost), default_storage.exists(young)) == (False, True)


def test_a_file_that_a_row_names_stays_and_an_earlier_attempt_beside_it_goes(desk: Desk):
    media, first_attempt = stored(desk, hours=25)
    media.file = write_file(media, b"content")
    media.thumbnail = write_file(media, b"small", part="thumbnail")
    media.save(force_insert=True)
    assert remove_strays() == 1
    left = [default_storage.exists(name) for name in (first_attempt, media.file, media.thumbnail)]
    assert left == [False, True, True]


def test_a_file_that_is_being_fetched_is_left_alone(desk: Desk):
    media, written = stored(desk, hours=25)
    media.state = "fetching"
    media.save(force_insert=True)
    assert remove_strays() == 0 and default_storage.exists(written)


def test_a_folder_full_of_files_without_rows_is_another_databases_and_kept(desk: Desk):
    names = [stored(desk, hours=25)[1] for _ in range(51)]
    assert remove_strays() == 0
    assert all(default_storage.exists(name) for name in names)
    default_storage.delete(names.pop())
    assert remove_strays() == 50


def test_an_empty_folder_is_no_trouble(desk: Desk):
    assert remove_strays() == 0


def test_files_of_other_people_in_the_folder_are_left_alone(desk: Desk):
    from django.core.files.base import ContentFile

    name = default_storage.save("aa/readme.txt", ContentFile(b"not ours"))
    remove_strays()
    assert default_storage.exists(name)


def test_an_id_tells_when_it_was_made():
    assert abs((made_at(new_id()) - timezone.now()).total_seconds()) < 5
