"""What conditions can ask, for the editor of rules and segments."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.conditions.facts import ABOUT
from contacts.conditions.vocabulary import VocabularyShape, vocabulary
from security.access import Access
from security.api.base import KefuView
from security.errors import Invalid, NotFound


class VocabularySerializer(DataclassSerializer[VocabularyShape]):
    class Meta:
        dataclass = VocabularyShape
        ref_name = "Vocabulary"


_REGION = OpenApiParameter("region", int, required=True, description="tags and fields differ by region")
_ABOUT = OpenApiParameter("about", str, description="`contact`, or several parted by commas; usually all")


class VocabularyView(KefuView):
    needs = {"GET": "contacts.see_segment"}

    @extend_schema(parameters=[_REGION, _ABOUT], responses=VocabularySerializer)
    def get(self, request: Request) -> Response:
        """List what conditions can ask

        Every fact of a region with its kind and choices, and the operators of each kind.
        """
        region_id = region_among(self.access, request.query_params.get("region", ""))
        about = [one for one in request.query_params.get("about", "").split(",") if one] or list(ABOUT)
        if set(about) - set(ABOUT):
            raise Invalid(field="about")
        return Response(vocabulary(region_id, about=about))


def region_among(access: Access, given: str) -> int:
    """The id of one of the reader's regions."""
    if not given.isdecimal() or len(given) > 10:
        raise Invalid(field="region")
    if int(given) not in access.region_ids:
        raise NotFound(field="region")
    return int(given)
