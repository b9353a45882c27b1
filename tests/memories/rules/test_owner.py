"""Memories always belong to somebody."""

import uuid
from dataclasses import FrozenInstanceError

import pytest

from memories.rules.owner import Owner

HERE, ADA = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.mark.parametrize(("subject_id", "agent_id"), [(ADA, ""), (None, "bot"), (ADA, "bot")])
def test_an_owner_is_a_subject_or_an_agent(subject_id, agent_id):
    assert Owner(HERE, subject_id, agent_id).subject_id == subject_id


def test_memories_of_nobody_cannot_be_asked_for():
    with pytest.raises(ValueError, match="a subject or an agent"):
        Owner(HERE, None)


def test_whose_it_is_has_no_default():
    with pytest.raises(TypeError):
        Owner(HERE)


def test_an_owner_does_not_change_under_way():
    owner = Owner(HERE, ADA)

    with pytest.raises(FrozenInstanceError):
        owner.subject_id = None
