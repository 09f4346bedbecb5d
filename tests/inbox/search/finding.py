"""Asking as somebody, over the API."""

from io import StringIO
from typing import Any

from django.core.management import call_command

from security.models import Region
from security.search import index
from security.search.sources import sources
from security.writing import write
from tests.conftest import BY, Cast

packing = False  # see ``either_way``


def pack_all() -> int:
    """Everything that may be in blocks, be it a day old or not, and whether it fills one."""
    with write(by=BY):
        return sum(
            index.pack(list(source.single(region.pk).values_list("pk", flat=True)))
            for region in Region.objects.all()
            for source in sources()
        )


def answer(cast: Cast, name: str, group: str, **asked: Any) -> dict[str, Any]:
    if packing:
        pack_all()
    got: Any = cast.browser(name).get(f"/api/v1/search/{group}", asked)
    assert got.status_code == 200, got.content
    return dict(got.json())


def found(cast: Cast, name: str, q: str, group: str = "messages", **asked: Any) -> list[str]:
    """What was found, each as one text, newest first."""
    return [
        "".join(part["text"] for part in hit["excerpt"]) for hit in answer(cast, name, group, q=q, **asked)["results"]
    ]


def rebuild(**options: Any) -> str:
    out = StringIO()
    call_command("rebuild_search", stdout=out, **options)
    return out.getvalue()
