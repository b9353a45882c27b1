"""Never-remember rules as they are kept: counted under a lock, following their person."""

import pytest
from django.utils import timezone

from governance import access, subjects
from governance.audit import SYSTEM
from governance.errors import NotFound, SubjectNotAccepting
from governance.models import Subject
from governance.models.access import SubjectState
from governance.subjects import IdentityRef
from memories import never_rules
from memories.models import NeverRemember
from memories.never_rules import Wanted

pytestmark = pytest.mark.django_db


def person(namespace, name):
    with access.scope(namespace.pk):
        return subjects.find_or_create(
            [IdentityRef("id", name)], namespace_id=namespace.pk, actor=SYSTEM, now=timezone.now()
        ).subject_id


def forbid(namespace, value, subject_id=None):
    rule, _ = never_rules.add(
        Wanted("word", value, subject_id),
        namespace_id=namespace.pk,
        actor=SYSTEM,
        now=timezone.now(),
    )
    return rule


def values(namespace, subject_id):
    found = never_rules.every(namespace_id=namespace.pk, subject_id=subject_id)
    return {rule.value for rule in found}


def test_rules_follow_their_person_to_whom_they_are_linked(namespace):
    ada, bob = person(namespace, "ada"), person(namespace, "bob")
    for value in ("Tim", "Tom"):
        forbid(namespace, value, ada)
    forbid(namespace, "Tim", bob)

    with access.scope(namespace.pk):
        never_rules.follow(namespace.pk, left=ada, to=bob)

    assert values(namespace, ada) == set()
    assert values(namespace, bob) == {"Tim", "Tom"}


def test_two_who_part_both_keep_the_rules(namespace):
    ada, bob = person(namespace, "ada"), person(namespace, "bob")
    forbid(namespace, "Tim", bob)

    with access.scope(namespace.pk):
        never_rules.share(namespace.pk, of=bob, to=ada)

    assert values(namespace, ada) == values(namespace, bob) == {"Tim"}


def test_hits_are_added_up_and_dated(namespace):
    tim, tom = forbid(namespace, "Tim"), forbid(namespace, "Tom")
    now = timezone.now()

    with access.scope(namespace.pk):
        never_rules.note({tim.pk: 2}, namespace_id=namespace.pk, now=now)
        never_rules.note({tim.pk: 1, tom.pk: 4}, namespace_id=namespace.pk, now=now)
        never_rules.note({}, namespace_id=namespace.pk, now=now)

    found = never_rules.every(namespace_id=namespace.pk, subject_id=None)
    assert [(rule.hits, rule.last_hit_at) for rule in found] == [(3, now), (4, now)]


def test_of_a_person_of_whom_nothing_may_be_kept_no_rule_is_taken(namespace):
    ada = person(namespace, "ada")
    with access.scope(namespace.pk):
        Subject.objects.filter(pk=ada).update(state=SubjectState.RESTRICTED)

    with pytest.raises(SubjectNotAccepting):
        forbid(namespace, "Tim", ada)

    with access.scope(namespace.pk):
        assert not NeverRemember.objects.exists()


def test_a_rule_that_is_not_there_cannot_be_removed(namespace):
    with pytest.raises(NotFound):
        never_rules.remove(
            namespace.pk, namespace_id=namespace.pk, actor=SYSTEM, now=timezone.now()
        )
