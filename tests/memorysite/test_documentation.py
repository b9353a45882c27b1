"""The API documents itself, without a key and without any outside host."""

import re

import pytest
from django.test import Client


@pytest.fixture
def visitor():
    return Client(headers={"host": "localhost"})


def test_the_schema_is_served_and_tells_of_each_address(visitor):
    schema = visitor.get("/api/schema/?format=json").json()

    assert {"/api/v1/episodes/", "/api/v1/recall/", "/api/v1/memories/"} <= schema["paths"].keys()
    for path in schema["paths"].values():
        for method, operation in path.items():
            assert "default" in operation["responses"]
            named = [one["name"] for one in operation.get("parameters", [])]
            assert ("Idempotency-Key" in named) == (method == "post")


def test_the_documentation_asks_no_other_host(visitor):
    page = visitor.get("/api/docs/").content.decode()

    assert "swagger" in page
    assert re.findall(r"(?:src|href)=[\"'](?:https?:)?//", page) == []


def test_an_unknown_address_is_a_problem_like_any_other(visitor):
    answer = visitor.get("/api/v1/nowhere/")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"
