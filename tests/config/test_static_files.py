"""The client's built files, as the server gives them out."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.static_files import StaticFiles


async def _elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse("not a file", status=404)


def _asset() -> str:
    dist = Path(__file__).resolve().parents[2] / "static" / "dist"
    return next(f"/static/assets/{path.name}" for path in (dist / "assets").glob("*-????????.js"))


async def test_a_file_named_after_its_content_is_cached_for_ever() -> None:
    answer = await StaticFiles(_elsewhere)(RequestFactory().get(_asset()))
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]


async def test_a_file_whose_name_stays_is_asked_for_again() -> None:
    answer = await StaticFiles(_elsewhere)(RequestFactory().get("/static/favicon.svg"))
    assert answer.status_code == 200
    assert "immutable" not in answer["Cache-Control"]


async def test_a_file_that_a_rebuild_removed_is_simply_not_there(tmp_path: Path) -> None:
    files = StaticFiles(_elsewhere)
    gone = tmp_path / "Gone-abcdefgh.js"
    gone.write_text("1")
    files.add_file_to_dictionary("/static/assets/Gone-abcdefgh.js", str(gone))
    gone.unlink()
    answer = await files(RequestFactory().get("/static/assets/Gone-abcdefgh.js"))
    assert answer.status_code == 404
