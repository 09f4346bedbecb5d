"""A URL configuration with views as they must not be; the boot check and the refusals are tried on them."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.urls import handler400, handler404, handler500
from security.api.base import KefuView, Need, Public

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


class Forgetful(KefuView):
    """Declares nothing for its POST."""

    needs: ClassVar[dict[str, Need]] = {"GET": Public("a test")}

    def get(self, request: Request) -> Response:
        raise RuntimeError("an unforeseen fault")

    def post(self, request: Request) -> Response:
        return Response({})


class Misspelled(KefuView):
    needs: ClassVar[dict[str, Need]] = {"GET": "inbox.see_everything"}

    def get(self, request: Request) -> Response:
        return Response({})


class Foreign(APIView):
    """Not one of ours, and does not say why."""

    def get(self, request: Request) -> Response:
        return Response({})


def broken(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise RuntimeError("an unforeseen fault outside the API")


urlpatterns = [
    path("api/forgetful", Forgetful.as_view()),
    path("api/misspelled", Misspelled.as_view()),
    path("api/foreign", Foreign.as_view()),
    path("broken", broken),
]
