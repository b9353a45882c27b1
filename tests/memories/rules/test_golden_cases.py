"""A golden case that could not be asked is refused, field by field."""

from uuid import uuid4

import pytest

from governance.errors import InvalidInput
from memories.rules import golden_cases

STATEMENT = {"type": "profile", "text": "I live in Delft."}
WHOLE = {
    "name": "home",
    "query": "Where do I live?",
    "strategy": "",
    "active": True,
    "must": ["Delft"],
    "must_not": [],
    "fixture": [STATEMENT],
}


def offences(of_a_subject=False, **fields):
    try:
        golden_cases.check({**WHOLE, **fields}, of_a_subject=of_a_subject)
    except InvalidInput as refusal:
        return [error.field for error in refusal.fields]
    return []


def test_a_whole_case_is_taken():
    assert offences() == []
    assert offences(of_a_subject=True, fixture=[], must=[str(uuid4()), "Delft"]) == []
    full = {**STATEMENT, "slot": "city", "data": {"value": "Delft"}}
    assert offences(fixture=[full], must=[], must_not=["Berlin"], strategy="lexical_only") == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "   "}, ["name"]),
        ({"name": "x" * 201}, ["name"]),
        ({"name": "a\x00b"}, ["name"]),
        ({"query": " "}, ["query"]),
        ({"query": "x" * 4001}, ["query"]),
        ({"strategy": "No Such"}, ["strategy"]),
        ({"must": [], "must_not": []}, ["must"]),
        ({"must": "Delft"}, ["must"]),
        ({"must": ["Delft", "..."]}, ["must[1]"]),
        ({"must": [7]}, ["must[0]"]),
        ({"must": ["x"] * 51}, ["must"]),
        ({"must_not": ["Delft"]}, ["must_not"]),
        ({"must": [str(uuid4())]}, ["must[0]"]),  # a fixture's ids do not last
        ({"fixture": []}, ["fixture"]),
        ({"fixture": {}}, ["fixture"]),
        ({"fixture": [{"text": "x"}]}, ["fixture[0]"]),
        ({"fixture": [{**STATEMENT, "role": "user"}]}, ["fixture[0]"]),
        ({"fixture": [STATEMENT, {**STATEMENT, "text": ""}]}, ["fixture[1].text"]),
        ({"fixture": [{**STATEMENT, "text": "  "}]}, ["fixture[0].text"]),
        ({"fixture": [{**STATEMENT, "slot": "No"}]}, ["fixture[0].slot"]),
        ({"fixture": [{**STATEMENT, "data": {"n": float("nan")}}]}, ["fixture"]),
        ({"fixture": [STATEMENT] * 101}, ["fixture"]),
        ({"of_a_subject": True}, ["fixture"]),  # both a person and a fixture
        ({"active": "yes"}, ["active"]),
    ],
)
def test_what_is_wrong_is_named(fields, wrong):
    assert offences(**fields) == wrong


def test_ids_are_found_among_the_conditions():
    one, two = str(uuid4()), str(uuid4())

    found = golden_cases.ids({"must": [one.upper(), "bees"], "must_not": [two]})

    assert found == [one, two]
