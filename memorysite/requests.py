"""Each request has an id; it stands in the answer, the log and the audit. Logs carry no content."""

import logging
import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from uuid6 import uuid7

from governance import request_context

log = logging.getLogger("remembrancer.requests")
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_identity(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take the caller's `X-Request-ID` if it is well formed, or make one; log the outcome."""

    def respond(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ACCEPTABLE.fullmatch(given) else str(uuid7())
        started = time.perf_counter()
        with request_context.request(request_id):
            response = get_response(request)
            _log(request, response, seconds=time.perf_counter() - started)
        response["X-Request-ID"] = request_id
        return response

    return respond


def _log(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    # The route, not the path: a path may hold an identifier.
    route = request.resolver_match.route if request.resolver_match else "unmatched"
    log.info(
        "request",
        extra={
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        },
    )
