"""What customers write about: reports, a term's days and examples, and the words that count."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox.actions.keyword_words import add_term, choose_term
from inbox.api.keyword_serializers import (
    AskedDays,
    AskedReport,
    ChoiceBody,
    KeywordReportSerializer,
    KeywordTrendSerializer,
    KeywordWordSerializer,
    TermBody,
    asked,
)
from inbox.api.search import HITS, page_of
from inbox.keywords import queries, sheets
from inbox.keywords.examples import examples
from inbox.keywords.policies import SEE
from inbox.keywords.trend import trend
from inbox.policies import CONVERSATION
from inbox.search.shaping import message_hits
from security.api.base import KefuView
from security.api.lists import list_of
from security.api.paging import read_cursor
from security.limits.table import EXPORTS
from security.log.viewing import viewed

_DAYS = [
    OpenApiParameter("until", OpenApiTypes.DATE, description="the last day; usually the last that was counted"),
    OpenApiParameter("days", int, description="how many days up to then"),
]
_MOST_EXPORTED = 2000


class KeywordsView(KefuView):
    """What customers of a region write about."""

    needs = {"GET": SEE}

    @extend_schema(parameters=_DAYS, responses=KeywordReportSerializer)
    def get(self, request: Request, region_id: int) -> Response:
        """Report the keywords

        The commonest terms of some days (usually 7), and those whose share of conversations rose against the 28 days
        before them, by what they are about.
        """
        wanted = asked(AskedReport, request.query_params)
        return Response(queries.report(access=self.access, region_id=region_id, **wanted))


class KeywordExportView(KefuView):
    """The same as a file."""

    needs = {"GET": SEE}
    limits = {"GET": EXPORTS}

    @extend_schema(parameters=_DAYS, responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, region_id: int) -> HttpResponse:
        """Export the keywords

        As CSV in UTF-8, up to 2,000 terms; cells that a spreadsheet would run as a formula begin with an apostrophe.
        """
        wanted = asked(AskedReport, request.query_params)
        report = queries.report(access=self.access, region_id=region_id, limit=_MOST_EXPORTED, **wanted)
        answer = HttpResponse(sheets.written(report), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="keywords.csv"'
        return answer


class KeywordTermsView(KefuView):
    """The words of a region that somebody chose."""

    needs = {"GET": SEE, "POST": SEE}

    @extend_schema(responses=list_of(KeywordWordSerializer))
    def get(self, request: Request, region_id: int) -> Response:
        """List the chosen words

        The region's own words, those that are ignored, and those that somebody follows.
        """
        return Response({"results": queries.words(access=self.access, region_id=region_id), "next": None})

    @extend_schema(request=TermBody, responses=KeywordWordSerializer)
    def post(self, request: Request, region_id: int) -> Response:
        """Add a word

        Or find the one that is spelled so; what it is for is said with `PATCH`.
        """
        body = TermBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = add_term(by=self.access, region_id=region_id, **body.validated_data)
        return Response(queries.word_of(access=self.access, term_id=row.pk))


class KeywordTermView(KefuView):
    """One term."""

    needs = {"GET": SEE, "PATCH": SEE}

    @extend_schema(parameters=_DAYS, responses=KeywordTrendSerializer)
    def get(self, request: Request, term_id: UUID) -> Response:
        """Read a term's days

        Usually 90, each with its share of conversations, what that is worth, and the baseline before it.
        """
        return Response(trend(access=self.access, term_id=term_id, **asked(AskedDays, request.query_params)))

    @extend_schema(request=ChoiceBody, responses=KeywordWordSerializer)
    def patch(self, request: Request, term_id: UUID) -> Response:
        """Choose what a term is for

        `own`: on the region's list, never cut apart, counted from the first customer on. `ignored`: in no report.
        `followed`: I am told when it rises.
        """
        body = ChoiceBody(data=request.data)
        body.is_valid(raise_exception=True)
        choose_term(by=self.access, term_id=term_id, **body.validated_data)
        return Response(queries.word_of(access=self.access, term_id=term_id))


class KeywordExamplesView(KefuView):
    """Where customers wrote a term."""

    needs = {"GET": SEE}

    @extend_schema(parameters=[*_DAYS, OpenApiParameter("cursor", str)], responses=HITS)
    def get(self, request: Request, term_id: UUID) -> Response:
        """List examples of a term

        Messages of customers that the caller may read, newest first, found by the search.
        """
        wanted = asked(AskedDays, request.query_params)
        found = examples(access=self.access, term_id=term_id, after=read_cursor(request), **wanted)
        for hit in found.hits:
            viewed(self.access, "conversation.found", CONVERSATION, hit.row.conversation_id)
        return page_of(found, message_hits(found.hits))
