"""The addresses of the Graph surface, with and without a version in front."""

from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from inbox.simulator.errors import GraphError
from inbox.simulator.graph import accounts, media, nodes, send
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

_HANDLERS: list[tuple[str, str, Handler]] = [
    ("POST", "/{object_id:graph_id}/messages", send.post_messages),
    ("POST", "/{object_id:graph_id}/media", media.post_media),
    ("GET", "/{object_id:graph_id}/phone_numbers", accounts.get_phone_numbers),
    ("GET", "/{object_id:graph_id}/message_templates", accounts.get_templates),
    ("GET", "/{object_id:graph_id}/subscribed_apps", accounts.get_subscriptions),
    ("POST", "/{object_id:graph_id}/subscribed_apps", accounts.post_subscription),
    ("DELETE", "/{object_id:graph_id}/subscribed_apps", accounts.delete_subscription),
    ("GET", "/{object_id:graph_id}", nodes.get_node),
    ("DELETE", "/{object_id:graph_id}", nodes.delete_node),
]


async def _unknown(call: Call) -> Response:
    raise GraphError(2500, message=f"Unknown path components: /{call.request.path_params['rest']}", status=400)


def graph_routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [Route(media_links.PATH, endpoint(media.download), methods=["GET"])]
    for method, path, handler in _HANDLERS:
        routes.append(Route("/{version:graph_version}" + path, endpoint(handler), methods=[method]))
        routes.append(Route(path, endpoint(handler), methods=[method]))
    routes.append(Route("/{version:graph_version}/{rest:path}", endpoint(_unknown), methods=["GET", "POST", "DELETE"]))
    return routes
