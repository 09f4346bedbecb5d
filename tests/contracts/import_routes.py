"""The routes of imports and of number hygiene."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.contracts.calls import call
from tests.worlds.asia import Asia


def _file(world: Asia) -> dict[str, Any]:
    content = SimpleUploadedFile("people.csv", b"phone\n+886912345678\n")
    return {"file": content, "subject": "contacts", "region_id": str(world.cast.asia.pk)}


def _contacts(world: Asia) -> dict[str, Any]:
    return {"contacts": [str(world.contact.pk)]}


IMPORT_CALLS = [
    call("GET imports", "supervisor"),
    call("POST imports", "supervisor", 201, _file, multipart=True),
    call("GET imports/<uuid:import_id>", "supervisor"),
    call("GET imports/<uuid:import_id>/draft", "supervisor"),
    call("PATCH imports/<uuid:import_id>/draft", "supervisor", body={"heading": True}),
    call("POST imports/<uuid:import_id>/check", "supervisor", 202),
    call("POST imports/<uuid:import_id>/run", "supervisor", 202),
    call("POST imports/<uuid:import_id>/cancel", "supervisor"),
    call("POST imports/<uuid:import_id>/undo", "supervisor", 409),  # nothing was done yet
    call("GET imports/<uuid:import_id>/problems", "supervisor"),
    call("POST imports/<uuid:import_id>/problems/file", "supervisor"),
    call("GET hygiene", "supervisor"),
    call("GET hygiene/numbers", "supervisor", 400),  # which list?
    call("POST hygiene/suppress", "supervisor", body=lambda world: {**_contacts(world), "why": "dormant"}),
    call("POST hygiene/unsuppress", "supervisor", body=_contacts),
    call("GET hygiene/duplicates", "supervisor"),
    call("POST hygiene/duplicates", "supervisor", 202),
    call("POST hygiene/duplicates/<uuid:duplicate_id>/apart", "supervisor", 204),
    call("GET contact-merges", "supervisor"),
    call("POST contact-merges/<uuid:merge_id>/undo", "supervisor", 403),  # without a second factor
]
