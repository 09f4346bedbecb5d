"""Calls on message templates: list, create, edit, delete, archive, unpause (Meta: template endpoints)."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.graph.fields import pick
from inbox.simulator.graph.paging import page
from inbox.simulator.graph.protocol import Call
from inbox.simulator.storage import templates
from inbox.simulator.tables import limits
from inbox.simulator.templates import facts, lifecycle, nodes, pacing

Template = dict[str, Any]


def visible(call: Call, template_id: str) -> Template | None:
    """The template if the token's account holds it."""
    found = facts.find(call.world, template_id)
    own = {row["waba_id"] for row in call.access.numbers}
    return found if found is not None and found["waba_id"] in own else None


def _account(call: Call) -> dict[str, Any]:
    return call.access.account(call.request.path_params["object_id"])[0]


async def get_templates(call: Call) -> Response:
    number, query = _account(call), dict(call.request.query_params)
    waba_id = number["waba_id"]
    rows = nodes.listed(call.world, waba_id, query)
    extra: dict[str, Any] = {}
    if "summary" in query:
        most = lifecycle.most(call.world, waba_id)
        extra["summary"] = nodes.summary(call.world, waba_id, query["summary"], rows, most)
    return page(call, rows, shown=lambda row: _picked(call, row, number["portfolio_id"]), **extra)


def _picked(call: Call, row: Template, portfolio_id: str) -> dict[str, Any]:
    return pick(nodes.node(call.world, row, portfolio_id), call.request.query_params.get("fields"), nodes.DEFAULT)


def get_template(call: Call, template: Template) -> Response:
    portfolio = call.access.account(template["waba_id"])[0]["portfolio_id"]
    return JSONResponse(_picked(call, template, portfolio))


async def post_templates(call: Call) -> Response:
    number = _account(call)
    template = lifecycle.create(call.world, number["waba_id"], await call.body())
    return JSONResponse({name: template[name] for name in ("id", "status", "category")})


async def post_template(call: Call, template: Template) -> Response:
    changed = lifecycle.edit(call.world, template, await call.body())
    return JSONResponse({"success": True, **{name: changed[name] for name in ("id", "name", "category")}})


async def post_upsert(call: Call) -> Response:
    """One authentication template in several languages (Meta); existing ones are edited."""
    number, body = _account(call), await call.body()
    languages = body.pop("languages", None)
    if not isinstance(languages, list) or not languages or str(body.get("category", "")).upper() != "AUTHENTICATION":
        raise GraphError(100, "Parameters languages and category AUTHENTICATION are required.")
    done = []
    for language in languages:
        row = templates.find(call.world.database, number["waba_id"], str(body.get("name")), str(language))
        if row is None:
            template = lifecycle.create(call.world, number["waba_id"], {**body, "language": language})
        else:
            template = lifecycle.edit(call.world, facts.known(call.world, row), body)
        done.append({name: template[name] for name in ("id", "status", "language")})
    return JSONResponse({"data": done})


async def delete_templates(call: Call) -> Response:
    """`name` for all languages, `hsm_id` with `name` for one, `hsm_ids` for up to a hundred."""
    waba_id, query = _account(call)["waba_id"], dict(call.request.query_params)
    name = query.get("name")
    if "hsm_ids" in query:
        chosen = [_owned(call, waba_id, template_id) for template_id in _ids(query["hsm_ids"], "delete_ids_per_call")]
    elif "hsm_id" in query:
        chosen = [_owned(call, waba_id, query["hsm_id"])]
        if chosen[0]["name"] != name:
            raise GraphError(100, "Parameter name must be the name of the template hsm_id.")
    elif name:
        rows = [row for row in templates.of_waba(call.world.database, waba_id) if row["name"] == name]
        chosen = [facts.known(call.world, row) for row in rows]
    else:
        raise GraphError(100, "Parameter name is required.")
    if not chosen:
        raise GraphError(100, f"There is no template {name}.", subcode=2593002)
    with call.world.database.transaction():
        for template in chosen:
            lifecycle.delete(call.world, template)
    return JSONResponse({"success": True})


def _owned(call: Call, waba_id: str, template_id: str) -> Template:
    found = facts.find(call.world, template_id)
    if found is None or found["waba_id"] != waba_id:
        raise not_found(template_id)
    return found


def _ids(text: str, rule: str) -> list[str]:
    """A JSON list or ids parted by commas."""
    try:
        ids = json.loads(text) if text.startswith("[") else text.split(",")
    except ValueError as error:
        raise GraphError(100, "The list of ids cannot be read.") from error
    most = limits()["templates"][rule]["value"]
    if not isinstance(ids, list) or not 1 <= len(ids) <= most:
        raise GraphError(100, f"A call takes 1 to {most} ids.")
    return [str(one).strip() for one in ids]


async def post_archive(call: Call) -> Response:
    return await _archived(call, "archived_templates", lifecycle.archive)


async def post_unarchive(call: Call) -> Response:
    return await _archived(call, "unarchived_templates", lifecycle.unarchive)


async def _archived(call: Call, name: str, act: Any) -> Response:
    waba_id, body = _account(call)["waba_id"], await call.body()
    done: list[str] = []
    failed: dict[str, str] = {}
    for template_id in _ids(str(body.get("hsm_ids") or ""), "archive_ids_per_call"):
        found = facts.find(call.world, template_id)
        if found is not None and found["waba_id"] == waba_id and act(call.world, found):
            done.append(template_id)
        else:
            failed[template_id] = "The template does not exist or is in another state."
    return JSONResponse({name: done, "failed_templates": failed})


async def post_unpause(call: Call) -> Response:
    template = visible(call, call.request.path_params["object_id"])
    if template is None:
        raise not_found(call.request.path_params["object_id"])
    why_not = pacing.unpause(call.world, template)
    return JSONResponse({"success": why_not is None, **({"reason": why_not} if why_not else {})})
