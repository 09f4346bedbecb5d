"""`/{id}`: a number, an account, a template or a media object."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.accounts import analytics, state
from inbox.simulator.accounts.nodes import ACCOUNT_DEFAULT, NUMBER_DEFAULT, account_node, number_node
from inbox.simulator.errors import not_found
from inbox.simulator.graph import account_calls, media, number_calls, template_calls
from inbox.simulator.graph.fields import pick, split
from inbox.simulator.graph.protocol import Call


async def get_node(call: Call) -> Response:
    object_id, asked = call.request.path_params["object_id"], call.request.query_params.get("fields")
    for row in call.access.numbers:
        if row["phone_number_id"] == object_id and not state.of_number(call.world, object_id)["deleted"]:
            call.about = object_id
            call.manages()
            return JSONResponse(pick(number_node(call.world, row), asked, NUMBER_DEFAULT))
    if any(row["waba_id"] == object_id for row in call.access.numbers):
        call.manages()
        return JSONResponse(_account(call, object_id, asked))
    template = template_calls.visible(call, object_id)
    if template is not None:
        call.manages()
        return template_calls.get_template(call, template)
    found = media.find_media(call, object_id)
    if found is None:
        raise not_found(object_id)
    return media.get_media(call, found)


def _account(call: Call, waba_id: str, asked: str | None) -> dict[str, Any]:
    """The node with its plain fields, and the metrics among the asked ones."""
    parts = split(asked) if asked else []
    metrics = [found for part in parts if (found := analytics.asked_for(part))]
    plain = [part for part in parts if not analytics.asked_for(part)]
    node = pick(account_node(call.world, waba_id), ",".join(plain) or ("id" if metrics else None), ACCOUNT_DEFAULT)
    return {**{name: analytics.answer(call.world, waba_id, name, given) for name, given in metrics}, **node}


async def post_node(call: Call) -> Response:
    """Change a number, an account or a template."""
    object_id = call.request.path_params["object_id"]
    call.manages()
    if call.access.sees(object_id):
        return await number_calls.post_number(call)
    if any(row["waba_id"] == object_id for row in call.access.numbers):
        return await account_calls.post_account(call)
    template = template_calls.visible(call, object_id)
    if template is None:
        raise not_found(object_id)
    return await template_calls.post_template(call, template)


async def delete_node(call: Call) -> Response:
    found = media.find_media(call, call.request.path_params["object_id"])
    if found is None:
        raise not_found(call.request.path_params["object_id"])
    return media.delete_media(call, found)
