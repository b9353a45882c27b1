"""What a bot says over HTTP, and what a refusal looks like."""

SHAPE = {"type", "title", "status", "detail", "code", "request_id", "errors"}


def post(bot, name, body, **headers):
    """POST to one of the API's addresses, such as `recall`."""
    return bot.post(f"/api/v1/{name}/", body, format="json", **headers)


def remember(bot, text="", **fields):
    """What became of one statement."""
    body = {"user_id": "ada", **({"text": text} if text else {}), **fields}
    answer = post(bot, "memories", {key: value for key, value in body.items() if value is not None})
    assert answer.status_code == 201, answer.content
    (result,) = answer.json()["results"]
    return result


def remember_all(bot, memories):
    """What became of each of several statements of Ada's."""
    answer = post(bot, "memories", {"memories": [{"user_id": "ada", **one} for one in memories]})
    assert answer.status_code == 201, answer.content
    return answer.json()["results"]


def ask(bot, query, **fields):
    """The answer to a recall."""
    body = {"user_id": "ada", "query": query, **fields}
    answer = post(bot, "recall", {key: value for key, value in body.items() if value is not None})
    assert answer.status_code == 200, answer.content
    return answer.json()


def recalled(bot, query, **fields):
    """The texts of the answer, best first."""
    return [one["memory"] for one in ask(bot, query, **fields)["results"]]


def page(bot, **fields):
    """A page of memories."""
    body = {"user_id": "ada", **fields}
    answer = post(
        bot, "memories/list", {key: value for key, value in body.items() if value is not None}
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def listed(bot, **fields):
    """The texts of a page, newest first."""
    return [one["memory"] for one in page(bot, **fields)["results"]]


def refusal(answer, status, code=None):
    """The problem, after a look at the shape that all problems share."""
    assert answer.status_code == status, answer.content
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert set(problem) == SHAPE
    assert problem["status"] == status
    assert problem["request_id"] == answer["X-Request-ID"]
    assert code is None or problem["code"] == code, problem
    return problem


def refused_fields(answer, status=400):
    """The fields that a refusal names."""
    return [error["field"] for error in refusal(answer, status, "invalid_input")["errors"]]
