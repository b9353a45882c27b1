"""Which rule of a type's policy counts, and what is strictest."""

import itertools

import pytest

from memories.rules import screening_policy
from memories.rules.screening_policy import Action, Finding

EMAIL, HEALTH = Finding("EMAIL_ADDRESS"), Finding("health", special=True)


@pytest.mark.parametrize(
    ("policy", "finding", "action"),
    [
        ({}, EMAIL, Action.TAG),
        ({}, HEALTH, Action.QUARANTINE),
        ({"personal": "reject"}, EMAIL, Action.REJECT),
        ({"personal": "reject"}, HEALTH, Action.QUARANTINE),
        ({"personal": "reject", "EMAIL_ADDRESS": "allow"}, EMAIL, Action.ALLOW),
        ({"personal": "allow", "EMAIL_ADDRESS": "reject"}, EMAIL, Action.REJECT),
        ({"special": "tag"}, HEALTH, Action.TAG),
        ({"special": "reject", "HEALTH": "allow"}, HEALTH, Action.ALLOW),
        ({"PHONE_NUMBER": "reject"}, EMAIL, Action.TAG),
    ],
)
def test_the_most_specific_key_counts(policy, finding, action):
    assert screening_policy.action(policy, finding) is action


@pytest.mark.parametrize(("less", "more"), list(itertools.pairwise(Action)))
def test_of_several_actions_the_stricter_counts(less, more):
    assert screening_policy.strictest([less, more, less]) is more


def test_without_any_finding_all_is_allowed():
    assert screening_policy.strictest([]) is Action.ALLOW


def test_a_finding_names_its_category_and_how_delicate_it_is():
    convicted = Finding("criminal_record", special=True)

    assert (EMAIL.category, EMAIL.sensitivity) == ("personal:email_address", "personal")
    assert (HEALTH.category, HEALTH.sensitivity) == ("special:health", "special")
    assert convicted.sensitivity == "sensitive"


@pytest.mark.parametrize(
    ("policies", "kept"),
    [
        ([{"personal": "redact"}, {"personal": "reject"}], False),
        ([{"personal": "redact"}, {}], True),
        ([{"personal": "redact"}, {"personal": "quarantine"}], True),
        ([], False),
    ],
)
def test_what_any_type_keeps_may_be_kept(policies, kept):
    assert screening_policy.may_be_kept(policies, EMAIL) is kept
