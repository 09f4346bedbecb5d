"""Connected systems and subscriptions: what people arrange (CM-3)."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contacts.actions import sources, subscriptions
from contacts.api.exchange_serializers import (
    DeliverySerializer,
    HookSerializer,
    KindSerializer,
    ReplayBody,
    ReplayedSerializer,
    SourceBody,
    SourceEdit,
    SourceSecretSerializer,
    SourceSerializer,
    SubscriptionBody,
    SubscriptionEdit,
    SubscriptionSecretSerializer,
    SubscriptionSerializer,
)
from contacts.exchange.queries import delivery_page, hook_page, sources_of, subscription_shapes, subscriptions_of
from contacts.exchange.shapes import (
    DeliveryShape,
    HookShape,
    KindShape,
    SourceSecretShape,
    SourceShape,
    SubscriptionSecretShape,
    SubscriptionShape,
)
from contacts.models import Subscription
from contacts.models.exchange import ARRANGE, DELIVERY_STATES
from contacts.occurrences import kinds
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor

_DELIVERY_STATE = OpenApiParameter("state", str, enum=[code for code, _ in DELIVERY_STATES])


def _given(body: type[Body], request: Request) -> dict[str, Any]:
    read = body(data=request.data)
    read.is_valid(raise_exception=True)
    return dict(read.validated_data)


class SourcesView(KefuView):
    needs = {"GET": ARRANGE, "POST": ARRANGE}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(SourceSerializer))
    def get(self, request: Request) -> Response:
        """List connected systems

        Of my regions: those that send signed webhooks, and shops that are read.
        """
        return Response({"results": [SourceShape.of(row) for row in sources_of(self.access)], "next": None})

    @extend_schema(request=SourceBody, responses={201: SourceSecretSerializer})
    def post(self, request: Request) -> Response:
        """Connect a system

        `secret` signs its webhooks and is told this once. A shop needs `base_url` and `credentials`, and is read at
        once. Needs a fresh second factor (`POST session/factor`).
        """
        row, secret = sources.add_source(by=self.access, **_given(SourceBody, request))
        return Response(SourceSecretShape(SourceShape.of(row), secret), status=201)


class SourceView(KefuView):
    needs = {"PATCH": ARRANGE, "DELETE": ARRANGE}

    @extend_schema(request=SourceEdit, responses=SourceSerializer)
    def patch(self, request: Request, source_id: UUID) -> Response:
        """Change a connected system

        Its name, whether it is paused, its credentials (these need a fresh second factor).
        """
        row = sources.change_source(by=self.access, source_id=source_id, **_given(SourceEdit, request))
        return Response(SourceShape.of(row))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, source_id: UUID) -> Response:
        """Disconnect a system

        Nothing is taken from it any more; what it told stays. Needs a fresh second factor.
        """
        sources.remove_source(by=self.access, source_id=source_id)
        return Response(status=204)


class SourceSecretView(KefuView):
    needs = {"POST": ARRANGE}

    @extend_schema(request=None, responses=SourceSecretSerializer)
    def post(self, request: Request, source_id: UUID) -> Response:
        """Change the secret of a connected system's webhooks

        The one before is taken beside it until the next change. Needs a fresh second factor.
        """
        row, secret = sources.rotate_source_secret(by=self.access, source_id=source_id)
        return Response(SourceSecretShape(SourceShape.of(row), secret))


class SourceReadView(KefuView):
    needs = {"POST": ARRANGE}

    @extend_schema(request=None, responses=SourceSerializer)
    def post(self, request: Request, source_id: UUID) -> Response:
        """Read a shop again from the beginning

        What is known stays as it is; what was missed comes.
        """
        return Response(SourceShape.of(sources.read_source_anew(by=self.access, source_id=source_id)))


class HooksView(KefuView):
    needs = {"GET": ARRANGE}
    uncounted = frozenset({"GET"})

    @extend_schema(parameters=paged(), responses=list_of(HookSerializer))
    def get(self, request: Request, source_id: UUID) -> Response:
        """List the webhooks of a connected system

        The latest first: what became of each, and why rows of it were refused. Their bodies are not shown.
        """
        limit = page_size(request)
        rows = hook_page(access=self.access, source_id=source_id, after=read_cursor(request), limit=limit)
        position = lambda row: (row.received_at, row.pk)  # noqa: E731
        return Response(page_json(rows, limit=limit, shape=HookShape.of, position=position))


class KindsView(KefuView):
    needs = {"GET": ARRANGE}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(KindSerializer))
    def get(self, request: Request) -> Response:
        """List what can be subscribed to

        The kinds of events, each with its words in the reader's language.
        """
        rows = [KindShape(name, str(kind.words)) for name, kind in kinds().items()]
        return Response({"results": rows, "next": None})


class SubscriptionsView(KefuView):
    needs = {"GET": ARRANGE, "POST": ARRANGE}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=list_of(SubscriptionSerializer))
    def get(self, request: Request) -> Response:
        """List subscriptions

        Addresses that are told what happens in my regions.
        """
        return Response({"results": subscriptions_of(self.access), "next": None})

    @extend_schema(request=SubscriptionBody, responses={201: SubscriptionSecretSerializer})
    def post(self, request: Request) -> Response:
        """Subscribe an address

        `secret` signs what is sent there and is told this once. Needs a fresh second factor.
        """
        row, secret = subscriptions.add_subscription(by=self.access, **_given(SubscriptionBody, request))
        return Response(SubscriptionSecretShape(_shape(row), secret), status=201)


class SubscriptionView(KefuView):
    needs = {"PATCH": ARRANGE, "DELETE": ARRANGE}

    @extend_schema(request=SubscriptionEdit, responses=SubscriptionSerializer)
    def patch(self, request: Request, subscription_id: UUID) -> Response:
        """Change a subscription

        Another `url` needs a fresh second factor.
        """
        given = _given(SubscriptionEdit, request)
        return Response(
            _shape(subscriptions.change_subscription(by=self.access, subscription_id=subscription_id, **given))
        )

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, subscription_id: UUID) -> Response:
        """Delete a subscription

        With its delivery log.
        """
        subscriptions.remove_subscription(by=self.access, subscription_id=subscription_id)
        return Response(status=204)


class SubscriptionSecretView(KefuView):
    needs = {"POST": ARRANGE}

    @extend_schema(request=None, responses=SubscriptionSecretSerializer)
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """Change the secret of a subscription

        Deliveries are signed with both until the next change. Needs a fresh second factor.
        """
        row, secret = subscriptions.rotate_subscription_secret(by=self.access, subscription_id=subscription_id)
        return Response(SubscriptionSecretShape(_shape(row), secret))


class SubscriptionTestView(KefuView):
    needs = {"POST": ARRANGE}

    @extend_schema(request=None, responses={202: DeliverySerializer})
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """Send a test to a subscription

        A delivery of the kind `test`, without data.
        """
        row = subscriptions.try_subscription(by=self.access, subscription_id=subscription_id)
        return Response(DeliveryShape.of(row), status=202)


class DeliveriesView(KefuView):
    needs = {"GET": ARRANGE}
    uncounted = frozenset({"GET"})

    @extend_schema(parameters=paged(_DELIVERY_STATE), responses=list_of(DeliverySerializer))
    def get(self, request: Request, subscription_id: UUID) -> Response:
        """List the deliveries of a subscription

        The latest first, with every attempt. `state`: waiting, delivered, dead (given up), dropped (nothing to tell any
        more).
        """
        limit = page_size(request)
        rows = delivery_page(
            access=self.access,
            subscription_id=subscription_id,
            after=read_cursor(request),
            limit=limit,
            state=request.query_params.get("state", ""),
        )
        return Response(page_json(rows, limit=limit, shape=DeliveryShape.of, position=lambda row: (row.pk,)))


class RedeliverView(KefuView):
    needs = {"POST": ARRANGE}

    @extend_schema(request=ReplayBody, responses={202: ReplayedSerializer})
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """Send deliveries again

        Those named, or all that are dead; at most 500 at a time. Each keeps its id.
        """
        ids = _given(ReplayBody, request).get("ids")
        count = subscriptions.replay_deliveries(by=self.access, subscription_id=subscription_id, delivery_ids=ids)
        return Response({"replayed": count}, status=202)


def _shape(row: Subscription) -> SubscriptionShape:
    return subscription_shapes([row])[0]
