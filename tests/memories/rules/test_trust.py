"""Trust comes from where a statement entered."""

import pytest

from memories.rules import trust
from memories.rules.trust import Trust


def test_a_correction_stands_above_the_person_the_assistant_a_tool_and_a_document():
    assert Trust.CORRECTION > Trust.SUBJECT > Trust.ASSISTANT > Trust.TOOL > Trust.DOCUMENT


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("user", Trust.SUBJECT),
        ("assistant", Trust.ASSISTANT),
        ("tool", Trust.TOOL),
        ("system", Trust.TOOL),
        ("document", Trust.DOCUMENT),
    ],
)
def test_each_role_has_its_trust(role, expected):
    assert trust.of_role(role) is expected


@pytest.mark.parametrize("role", ["", "USER", "user ", "root", "correction", "developer"])
def test_a_role_that_is_not_known_is_trusted_least(role):
    assert trust.of_role(role) == min(Trust)


def test_no_role_of_a_conversation_makes_a_correction():
    roles = ("user", "assistant", "tool", "system", "document")

    assert max(map(trust.of_role, roles)) < Trust.CORRECTION
