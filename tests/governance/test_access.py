"""Keys open a namespace, subjects open or are closed, and a row lock makes writers queue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access, keys
from governance.audit import SYSTEM
from governance.errors import KeyRefused, NotFound, SubjectNotAccepting
from governance.models import ApiKey, AuditEvent, Subject
from governance.models.access import SubjectState
from governance.rules.scopes import BOT_SCOPES, Scope
from tests.conftest import make_namespace

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def issue(namespace, **given):
    return keys.issue(namespace, name="bot", scopes=BOT_SCOPES, actor=SYSTEM, now=NOW, **given)


def test_a_key_opens_its_namespace_with_its_scopes(namespace):
    key, text = issue(namespace)

    opened = access.authenticate(text, now=NOW)

    assert (opened.namespace, opened.key_id) == (namespace, key.pk)
    assert opened.allows(Scope.RECALL)
    assert not opened.allows(Scope.CONFIGURE)


def test_the_text_of_a_key_is_kept_nowhere(namespace):
    key, text = issue(namespace)

    with access.scope(namespace.pk):
        row = ApiKey.objects.filter(pk=key.pk).values().get()
        events = list(AuditEvent.objects.filter(target_id=str(key.pk)).values())
    assert text not in str([row, events])
    assert text.rpartition("_")[2] not in str([row, events])


def test_a_key_is_good_until_the_moment_it_expires(namespace):
    _, text = issue(namespace, expires_at=NOW)

    assert access.authenticate(text, now=NOW - timedelta(microseconds=1))
    with pytest.raises(KeyRefused):
        access.authenticate(text, now=NOW)


def test_a_key_does_not_work_for_another_namespace(namespace):
    _, text = issue(namespace)
    other = make_namespace()
    parts, elsewhere = text.split("_"), issue(other)[1].split("_")

    with pytest.raises(KeyRefused):
        access.authenticate("_".join([parts[0], elsewhere[1], *parts[2:]]), now=NOW)


def test_a_key_of_which_only_the_prefix_is_right_is_refused(namespace):
    _, text = issue(namespace)
    _, another = issue(namespace)

    with pytest.raises(KeyRefused):
        access.authenticate(text[:-43] + another[-43:], now=NOW)


def test_the_last_use_is_noted_once_a_minute(namespace):
    key, text = issue(namespace)

    def last_use(at):
        access.authenticate(text, now=at)
        with access.scope(namespace.pk):
            return ApiKey.objects.get(pk=key.pk).last_used_at

    assert last_use(NOW) == NOW
    assert last_use(NOW + timedelta(seconds=59)) == NOW
    assert last_use(NOW + timedelta(seconds=60)) == NOW + timedelta(seconds=60)


def test_revoking_twice_is_revoking_once(namespace):
    key, text = issue(namespace)
    for minutes in (0, 5):
        keys.revoke(
            key.pk, namespace_id=namespace.pk, actor=SYSTEM, now=NOW + timedelta(minutes=minutes)
        )

    with pytest.raises(KeyRefused):
        access.authenticate(text, now=NOW)
    with access.scope(namespace.pk):
        assert ApiKey.objects.get(pk=key.pk).revoked_at == NOW
        assert AuditEvent.objects.filter(action="key.revoked").count() == 1


def test_another_namespaces_key_cannot_be_revoked(namespace):
    key, text = issue(namespace)

    with pytest.raises(NotFound):
        keys.revoke(key.pk, namespace_id=make_namespace().pk, actor=SYSTEM, now=NOW)

    assert access.authenticate(text, now=NOW)


@pytest.mark.parametrize("state", [one for one in SubjectState if one != SubjectState.ACTIVE])
def test_a_closed_subject_cannot_be_written_to(namespace, state):
    with access.scope(namespace.pk):
        subject = Subject.objects.create(namespace=namespace, state=state)

        with pytest.raises(SubjectNotAccepting, match=str(state.label).lower()):
            access.lock_subject(subject.pk, namespace_id=namespace.pk)


def test_an_open_subject_is_locked(namespace):
    with access.scope(namespace.pk):
        subject = Subject.objects.create(namespace=namespace)

        assert access.lock_subject(subject.pk, namespace_id=namespace.pk) == subject


def test_a_subject_of_another_namespace_cannot_be_locked(namespace):
    with access.scope(namespace.pk):
        subject = Subject.objects.create(namespace=namespace)
    other = make_namespace()

    with access.scope(other.pk), pytest.raises(Subject.DoesNotExist):
        access.lock_subject(subject.pk, namespace_id=other.pk)
