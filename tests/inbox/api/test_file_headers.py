"""A file's type as somebody else spelled it never becomes a header of ours."""

import pytest

from inbox.media_links import media_url
from inbox.models import Media
from tests.conftest import Cast
from tests.worlds.asia import Asia, asia


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


@pytest.mark.parametrize("odd", ["image/jpeg; x\r\nSet-Cookie: y=1", "image/jpeg;\n", "audio/ogg; codecs=\u4e2d"])
def test_a_type_that_fits_no_header_makes_the_file_a_download(world: Asia, odd: str):
    Media.objects.for_system("as a webhook named it").filter(pk=world.picture.pk).update(mime_type=odd)
    answer = world.cast.browser("ben").get(media_url(world.picture.pk))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment") and "Set-Cookie" not in answer
