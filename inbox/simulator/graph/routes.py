"""The addresses of the Graph surface, with and without a version in front."""

from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from inbox.simulator.errors import GraphError
from inbox.simulator.graph import (
    account_calls,
    debug_token,
    flow_calls,
    media,
    nodes,
    number_calls,
    send,
    setting_calls,
    shop_calls,
    template_calls,
    uploads,
)
from inbox.simulator.graph.protocol import Call, Handler, endpoint
from inbox.simulator.webhooks import media_links


class _Version(Convertor[str]):
    regex = r"v\d{1,3}\.\d"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _ObjectId(_Version):
    regex = r"\d{1,20}"


register_url_convertor("graph_version", _Version())
register_url_convertor("graph_id", _ObjectId())

# Messages and media have limits of their own.
_MESSAGING: list[tuple[str, str, Handler]] = [
    ("POST", "messages", send.post_messages),
    ("POST", "marketing_messages", send.post_marketing_messages),
    ("POST", "media", media.post_media),
]
_MANAGEMENT: list[tuple[str, str, Handler]] = [
    ("GET", "phone_numbers", account_calls.get_phone_numbers),
    ("POST", "phone_numbers", account_calls.post_phone_number),
    ("GET", "subscribed_apps", account_calls.get_subscriptions),
    ("POST", "subscribed_apps", account_calls.post_subscription),
    ("DELETE", "subscribed_apps", account_calls.delete_subscription),
    ("GET", "message_templates", template_calls.get_templates),
    ("POST", "message_templates", template_calls.post_templates),
    ("DELETE", "message_templates", template_calls.delete_templates),
    ("POST", "message_templates/archive", template_calls.post_archive),
    ("POST", "message_templates/unarchive", template_calls.post_unarchive),
    ("POST", "upsert_message_templates", template_calls.post_upsert),
    ("POST", "unpause", template_calls.post_unpause),
    ("GET", "flows", flow_calls.get_flows),
    ("POST", "request_code", number_calls.post_request_code),
    ("POST", "verify_code", number_calls.post_verify_code),
    ("POST", "register", number_calls.post_register),
    ("POST", "deregister", number_calls.post_deregister),
    ("GET", "whatsapp_business_profile", number_calls.get_profile),
    ("POST", "whatsapp_business_profile", number_calls.post_profile),
    ("GET", "block_users", number_calls.get_blocked),
    ("POST", "block_users", number_calls.post_blocked),
    ("DELETE", "block_users", number_calls.delete_blocked),
    ("GET", "settings", setting_calls.get_settings),
    ("POST", "settings", setting_calls.post_settings),
    ("GET", "username", setting_calls.get_username),
    ("POST", "username", setting_calls.post_username),
    ("DELETE", "username", setting_calls.delete_username),
    ("POST", "conversational_automation", setting_calls.post_automation),
    ("GET", "message_qrdls", shop_calls.get_codes),
    ("POST", "message_qrdls", shop_calls.post_codes),
    ("GET", "message_qrdls/{code}", shop_calls.get_code),
    ("DELETE", "message_qrdls/{code}", shop_calls.delete_code),
    ("GET", "whatsapp_commerce_settings", shop_calls.get_commerce),
    ("POST", "whatsapp_commerce_settings", shop_calls.post_commerce),
    ("GET", "whatsapp_business_encryption", shop_calls.get_encryption),
    ("POST", "whatsapp_business_encryption", shop_calls.post_encryption),
]
_OTHERS: list[tuple[str, str, Handler]] = [
    ("GET", "/debug_token", debug_token.get_debug_token),
    ("GET", "/{object_id:graph_id}/subscriptions", debug_token.get_app_subscriptions),
    ("POST", "/{object_id:graph_id}/uploads", uploads.post_session),
    ("POST", "/upload:{session}", uploads.post_bytes),
    ("GET", "/upload:{session}", uploads.get_session),
    ("GET", "/{object_id:graph_id}", nodes.get_node),
    ("POST", "/{object_id:graph_id}", nodes.post_node),
    ("POST", "/{object_id:graph_id}/", nodes.post_node),
    ("DELETE", "/{object_id:graph_id}", nodes.delete_node),
]


async def _unknown(call: Call) -> Response:
    raise GraphError(2500, message=f"Unknown path components: /{call.request.path_params['rest']}", status=400)


def graph_routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [Route(media_links.PATH, endpoint(media.download), methods=["GET"])]
    for method, path, handler in _MESSAGING:
        routes += _both(method, "/{object_id:graph_id}/" + path, endpoint(handler))
    for method, path, handler in _MANAGEMENT:
        routes += _both(method, "/{object_id:graph_id}/" + path, endpoint(handler, managed=True))
    for method, path, handler in _OTHERS:
        routes += _both(method, path, endpoint(handler))
    routes.append(Route("/{version:graph_version}/{rest:path}", endpoint(_unknown), methods=["GET", "POST", "DELETE"]))
    return routes


def _both(method: str, path: str, served: object) -> list[BaseRoute]:
    return [Route(front + path, served, methods=[method]) for front in ("/{version:graph_version}", "")]  # type: ignore[arg-type]
