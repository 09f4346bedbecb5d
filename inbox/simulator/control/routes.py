"""The addresses of the control plane and the phone page."""

from starlette.routing import BaseRoute, Route, WebSocketRoute

from inbox.simulator.control import (
    accounts,
    batches,
    catalogue,
    deeds,
    exports,
    files,
    inbound,
    inspection,
    judging,
    people,
    scenarios,
    templates,
    webhooks,
)
from inbox.simulator.control.live import live
from inbox.simulator.control.protocol import Handler, control

_CALLS: list[tuple[str, str, Handler]] = [
    ("GET", "state", inspection.get_state),
    ("POST", "reset", inspection.post_reset),
    ("GET", "settings", inspection.get_settings),
    ("PATCH", "settings", inspection.patch_settings),
    ("GET", "clock", inspection.get_clock),
    ("POST", "clock", inspection.post_clock),
    ("GET", "faults", inspection.get_faults),
    ("POST", "faults", inspection.post_fault),
    ("DELETE", "faults", inspection.delete_faults),
    ("GET", "calls", inspection.get_calls),
    ("GET", "export", exports.get_export),
    ("GET", "costs", exports.get_costs),
    ("GET", "lint", judging.get_lint),
    ("POST", "assertions", judging.post_assertion),
    ("GET", "scenarios", scenarios.get_scenarios),
    ("POST", "scenarios", scenarios.post_scenario),
    ("GET", "numbers", people.get_numbers),
    ("POST", "numbers", people.post_number),
    ("GET", "numbers/{number}/account", accounts.get_account),
    ("PATCH", "numbers/{number}/account", accounts.patch_account),
    ("POST", "numbers/{number}/tier", accounts.post_tier),
    ("GET", "incidents", accounts.get_incidents),
    ("POST", "incidents", accounts.post_incident),
    ("POST", "templates", people.post_template),
    ("GET", "templates/{template}", templates.get_template),
    ("POST", "templates/{template}/review", templates.post_review),
    ("POST", "templates/{template}/feedback", templates.post_feedback),
    ("POST", "templates/{template}/quality", templates.post_quality),
    ("POST", "templates/{template}/pause", templates.post_pause),
    ("POST", "templates/{template}/disable", templates.post_disable),
    ("POST", "templates/{template}/unpause", templates.post_unpause),
    ("POST", "templates/{template}/category", templates.post_category),
    ("POST", "templates/{template}/pacing", templates.post_pacing),
    ("GET", "flows", templates.get_flows),
    ("POST", "flows", templates.post_flow),
    ("GET", "customers", people.get_customers),
    ("POST", "customers", people.post_customer),
    ("GET", "customers/{customer}", people.get_customer),
    ("PATCH", "customers/{customer}", people.patch_customer),
    ("POST", "customers/{customer}/messages", inbound.post_message),
    ("POST", "customers/{customer}/read", people.post_read),
    ("POST", "customers/{customer}/deeds", deeds.post_deed),
    ("GET", "customers/{customer}/deeds", deeds.get_deeds),
    ("GET", "customers/{customer}/habits", deeds.get_habits),
    ("PATCH", "customers/{customer}/habits", deeds.patch_habits),
    ("POST", "crowd", deeds.post_crowd),
    ("PUT", "numbers/{number}/coexistence", deeds.put_coexistence),
    ("GET", "customers/{customer}/chats", people.get_chats),
    ("GET", "customers/{customer}/chats/{number}", people.get_chat),
    ("GET", "webhooks", webhooks.get_webhooks),
    ("POST", "webhooks/raw", webhooks.post_raw),
    ("POST", "webhooks/batch", batches.post_batch),
    ("GET", "webhooks/catalogue", catalogue.get_catalogue),
    ("POST", "webhooks/emit", catalogue.post_emit),
    ("POST", "webhooks/outage", webhooks.post_outage),
    ("POST", "webhooks/flush", webhooks.post_flush),
    ("POST", "webhooks/{delivery:int}/redeliver", webhooks.post_redeliver),
    ("GET", "media/{media}", files.media_file),
    ("GET", "samples/{name}", files.sample_file),
]
_CREATING = {"customers", "customers/{customer}/messages"}


def control_routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = []
    for method, path, handler in _CALLS:
        status = 201 if method == "POST" and path in _CREATING else 200
        routes.append(Route(f"/__sim/{path}", control(handler, status), methods=[method]))
    routes.append(WebSocketRoute("/__sim/live", live))
    routes.append(Route("/", files.page, methods=["GET"]))
    routes.append(Route("/phone/{name}", files.phone_file, methods=["GET"]))
    return routes
