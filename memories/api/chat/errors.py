"""Problems, told so that OpenAI's clients show them too."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from rest_framework.response import Response

Handler = Callable[[Exception, dict[str, Any]], Response | None]
# The types that OpenAI's API gives; everything of 500 and above is a server_error.
TYPES = {
    HTTPStatus.UNAUTHORIZED: "authentication_error",
    HTTPStatus.FORBIDDEN: "permission_error",
    HTTPStatus.NOT_FOUND: "not_found_error",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
}


def also_for_openai(handle: Handler) -> Handler:
    """The site's handler of exceptions, its problems with OpenAI's member `error` added."""

    def handled(error: Exception, context: dict[str, Any]) -> Response | None:
        answer = handle(error, context)
        if answer is not None:
            answer.data = {**answer.data, "error": _error(answer.data)}
        return answer

    return handled


def _error(problem: dict[str, Any]) -> dict[str, Any]:
    fields = problem["errors"]
    told = "; ".join(f"{one['field']}: {one['message']}" for one in fields)
    return {
        "message": f"{problem['detail']} {told}".strip(),
        "type": _type(problem["status"]),
        "param": fields[0]["field"] if fields else None,
        "code": problem["code"],
    }


def _type(status: int) -> str:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "server_error"
    return TYPES.get(HTTPStatus(status), "invalid_request_error")
