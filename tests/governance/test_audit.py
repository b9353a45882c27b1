"""The audit: what was done and by whom, and nothing takes it back."""

import json

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from governance import access, audit, request_context
from governance.audit import SYSTEM, Action, Actor, ActorKind, Deed
from governance.models import AuditEvent

pytestmark = pytest.mark.django_db
DEEDS = [
    "UPDATE governance_auditevent SET action = 'nothing'",
    "DELETE FROM governance_auditevent",
    "TRUNCATE governance_auditevent",
    "TRUNCATE governance_auditevent CASCADE",
]


def record(namespace, **given):
    with access.scope(namespace.pk):
        audit.record(
            Action.KEY_ISSUED,
            **{
                "namespace_id": namespace.pk,
                "actor": SYSTEM,
                "target": namespace,
                "now": timezone.now(),
                **given,
            },
        )
        return AuditEvent.objects.filter(action="key.issued").latest("pk")


def test_an_event_says_who_did_what_to_which_id_when_and_in_which_request(namespace):
    now = timezone.now()

    with request_context.request("request-1"):
        event = record(namespace, actor=Actor(ActorKind.BOT, "key-1"), now=now, details={"n": 1})

    assert (event.actor_kind, event.actor_id, event.action) == ("bot", "key-1", "key.issued")
    assert (event.target_kind, event.target_id) == ("namespace", str(namespace.pk))
    assert (event.request_id, event.at, event.details) == ("request-1", now, {"n": 1})


def test_an_event_knows_the_transaction_that_wrote_it(namespace):
    event = record(namespace)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert event.xid == cursor.fetchone()[0]


def test_many_events_are_written_in_one_statement(namespace, django_assert_num_queries):
    deeds = [Deed(Action.KEY_ISSUED, namespace, {"n": n}) for n in range(50)]

    with access.scope(namespace.pk), django_assert_num_queries(1):
        audit.record_all(deeds, namespace_id=namespace.pk, actor=SYSTEM, now=timezone.now())


def test_no_deed_without_its_event_and_no_event_without_its_deed(namespace):
    with pytest.raises(ZeroDivisionError):
        _record_and_fail(namespace)

    with access.scope(namespace.pk):
        assert not AuditEvent.objects.filter(action="key.issued").exists()


def _record_and_fail(namespace):
    with access.scope(namespace.pk):
        record(namespace)
        raise ZeroDivisionError


@pytest.mark.parametrize("deed", DEEDS)
def test_the_site_cannot_take_an_event_back(namespace, deed):
    record(namespace)

    with access.scope(namespace.pk), pytest.raises(ProgrammingError, match="permission denied"):
        _do(deed)


def _do(deed):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


@pytest.mark.parametrize("deed", DEEDS)
def test_staff_cannot_take_an_event_back(namespace, deed):
    with pytest.raises(ProgrammingError, match="permission denied"):
        _do(f"SET LOCAL ROLE remembrancer_staff; {deed}")


def test_every_action_has_a_name_that_fits_its_column():
    assert len({action.value for action in Action}) == len(Action)
    assert all(len(action.value) <= 48 for action in Action)


def test_an_actor_is_an_id_and_never_a_name(namespace):
    event = record(namespace, actor=Actor(ActorKind.STAFF, "7"))

    assert json.dumps([event.actor_kind, event.actor_id]) == '["staff", "7"]'
