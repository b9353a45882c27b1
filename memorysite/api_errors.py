"""Errors to HTTP, once: RFC 9457 problem details in one shape for everything that goes wrong."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from psycopg_pool import PoolTimeout
from rest_framework import exceptions
from rest_framework.response import Response

from governance.errors import DomainError, FieldError, TooLarge
from governance.request_context import current_request_id

log = logging.getLogger("remembrancer.errors")
MEDIA_TYPE = "application/problem+json"
MAX_FIELDS = 50
_CODES = {
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.Throttled: "throttled",
}


def problem(
    status: int, code: str, title: str, detail: str = "", fields: list[FieldError] | None = None
) -> dict[str, Any]:
    """The one shape of an error."""
    return {
        "type": f"/api/docs/#errors-{code}",
        "title": title,
        "status": status,
        "detail": detail or title,
        "code": code,
        "request_id": current_request_id(),
        "errors": [{"field": one.field, "message": one.message} for one in (fields or [])],
    }


def problem_details(error: Exception, _context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None: not the caller's doing; Django logs it and answers 500."""
    found = _describe(error)
    if found is None:
        return None
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.APIException):
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(max(1, int(wait + 0.999)))
        if challenge := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = challenge
    if found["status"] == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(found, status=found["status"], headers=headers, content_type=MEDIA_TYPE)


def _describe(error: Exception) -> dict[str, Any] | None:
    match error:
        case DomainError():
            return problem(error.http_status, error.code, error.title, str(error), error.fields)
        case RequestDataTooBig():
            return _body_too_large()
        case Http404():
            return problem(404, "not_found", "There is nothing at this address")
        case exceptions.APIException():
            return _of_the_framework(error)
        case OperationalError() | PoolTimeout():
            log.error("database unavailable", extra={"error": type(error).__name__})
            return problem(
                503, "database_unavailable", "The database does not answer", "Try again shortly."
            )
    return None


def _of_the_framework(error: exceptions.APIException) -> dict[str, Any]:
    match error:
        case exceptions.ValidationError():
            fields = list(_flatten(error.detail))[:MAX_FIELDS]
            if set(_leaves(error.get_codes())) == {TooLarge.code}:
                return problem(413, TooLarge.code, TooLarge.title, fields=fields)
            title = "The request has a field that cannot be used"
            return problem(400, "invalid_input", title, fields=fields)
        case exceptions.ParseError():
            told = str(error.detail)
            fields = [FieldError("body", told)]
            return problem(400, "malformed_json", HTTPStatus(400).phrase, told, fields)
    code, status = _CODES.get(type(error), "refused"), HTTPStatus(error.status_code)
    return problem(status, code, status.phrase, str(error.detail))


def _body_too_large() -> dict[str, Any]:
    remedy = f"Send at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes."
    return problem(413, TooLarge.code, TooLarge.title, remedy, [FieldError("body", remedy)])


def _leaves(codes: Any) -> Iterator[str]:
    if isinstance(codes, dict | list):
        for inner in codes.values() if isinstance(codes, dict) else codes:
            yield from _leaves(inner)
    else:
        yield str(codes)


def _flatten(detail: Any, at: str = "") -> Iterator[FieldError]:
    if isinstance(detail, dict):
        for key, inner in detail.items():
            if isinstance(key, int):
                yield from _flatten(inner, f"{at}[{key}]")
            else:
                name = at if key == "non_field_errors" else f"{at}.{key}".lstrip(".")
                yield from _flatten(inner, name)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _flatten(inner, f"{at}[{index}]" if nested else at)
    else:
        yield FieldError(at or "body", str(detail))


def page_not_found(_request: HttpRequest, exception: Exception) -> JsonResponse:
    """Addresses that lead nowhere, and everything else raised outside DRF as 404."""
    del exception  # its text may repeat the path
    return _json(problem(404, "not_found", "There is nothing at this address"))


def server_error(_request: HttpRequest) -> JsonResponse:
    """Our fault; the request id finds it in the log."""
    return _json(
        problem(500, "internal_error", "Something went wrong here", "Quote the request_id.")
    )


def bad_request(_request: HttpRequest, exception: Exception) -> JsonResponse:
    """Requests that Django refuses before a view sees them."""
    if isinstance(exception, RequestDataTooBig):
        return _json(_body_too_large())
    return _json(problem(400, "bad_request", "The request cannot be read"))


def _json(found: dict[str, Any]) -> JsonResponse:
    return JsonResponse(found, status=found["status"], content_type=MEDIA_TYPE)
