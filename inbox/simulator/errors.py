"""Refusals of the Graph surface (Meta's envelope) and of the control plane (ours)."""

from typing import Any

from inbox.simulator.tables import ErrorRow, error_rows


class BadRequest(Exception):
    """The control plane was asked for something that cannot be."""

    def __init__(self, message: str, *, field: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.field, self.status = message, field, status


class GraphError(Exception):
    """An error Meta would answer at once. Title and HTTP status come from `data/errors.csv`."""

    def __init__(
        self,
        code: int,
        details: str | None = None,
        *,
        subcode: int | None = None,
        message: str | None = None,
        kind: str = "OAuthException",
        status: int | None = None,
        user_title: str | None = None,
        user_message: str | None = None,
    ) -> None:
        row = row_of(code)
        super().__init__(message or row.title)
        self.code, self.details, self.subcode, self.kind = code, details, subcode, kind
        self.message = message or f"(#{code}) {row.title}"
        self.status = status or row.http_status
        self.transient = row.transient
        self.user = {"error_user_title": user_title, "error_user_msg": user_message} if user_title else {}

    def body(self, trace_id: str) -> dict[str, Any]:
        """The envelope: message, type, code and fbtrace_id always; the rest when known."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.details is not None:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.transient:
            error["is_transient"] = True
        error.update(self.user)
        error["fbtrace_id"] = trace_id
        return {"error": error}


def row_of(code: int) -> ErrorRow:
    return error_rows().get(code) or ErrorRow(code, "Request failed", 400, transient=False, cause="")


def not_found(object_id: str) -> GraphError:
    """Unknown id, or one the token cannot see (Meta: code 100, subcode 33)."""
    return GraphError(
        100, subcode=33, kind="GraphMethodException", status=400,
        message=f"Unsupported request. Object with ID '{object_id}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation.",
    )  # fmt: skip


def status_error(code: int, details: str | None = None) -> dict[str, Any]:
    """One entry of `statuses[].errors` or `messages[].errors` in a webhook (Meta: title equals message)."""
    row = row_of(code)
    return {
        "code": code, "title": row.title, "message": row.title,
        "error_data": {"details": details or row.cause},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }  # fmt: skip
