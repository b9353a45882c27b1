"""`manage.py replay` tells an operator what differs, and no content unless asked."""

import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance import access
from governance.audit import Action
from governance.models import AuditEvent, Subject
from tests.conftest import make_namespace
from tests.memories.api.talk import ask, remember

pytestmark = pytest.mark.django_db


def run(*words):
    out = StringIO()
    call_command("replay", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def moved(bot):
    """A trace of before a change of city, and the ids of both."""
    old = remember(bot, "Ada lives in [b]Berlin[/b]", type="profile", slot="city")["id"]
    trace = ask(bot, "Where does Ada live?")["trace_id"]
    new = remember(bot, "Ada lives in Hamburg", type="profile", slot="city")["id"]
    return trace, old, new


def test_it_tells_both_answers_and_why_they_differ(moved):
    trace, old, new = moved

    told = run(trace)

    assert "The replay of the past gives the recorded answer." in told
    assert "then 1" in told
    assert "now 1" in told
    assert told.count(old) == 2
    assert new in told
    assert "superseded on" in " ".join(told.split())


def test_it_tells_no_content(moved):
    told = run(moved[0])

    for word in ("Berlin", "Hamburg", "Where"):
        assert word not in told


def test_it_tells_content_when_asked(moved):
    told = " ".join(run(moved[0], "--with-content").split())

    assert "asked: Where does Ada live?" in told
    assert "[b]Berlin[/b]" in told
    assert "Hamburg" in told


def test_where_nothing_differs_it_says_so(bot):
    remember(bot, "Ada keeps bees")

    assert "Both answers are the same." in run(ask(bot, "bees")["trace_id"])


def test_it_tells_what_the_past_cannot_show(bot):
    kept = remember(bot, "Ada keeps bees")["id"]
    trace = ask(bot, "bees")["trace_id"]
    bot.delete(f"/api/v1/memories/{kept}/")

    told = " ".join(run(trace).split())

    assert "differs from the recorded answer" in told
    assert "Cannot be shown: " in told
    assert "forgotten on" in told


def test_it_is_audited_as_the_systems(moved, namespace):
    run(moved[0])

    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action=Action.REPLAYED.value)
    assert (event.actor_kind, event.target_id) == ("system", moved[0])


def test_a_namespace_may_be_named(moved, namespace):
    path = f"{namespace.organization.slug}/{namespace.slug}"

    assert moved[1] in run(moved[0], "--namespace", path)


def test_another_namespaces_trace_is_not_there(moved):
    other = make_namespace()

    with pytest.raises(CommandError, match="There is no trace"):
        run(moved[0], "--namespace", f"{other.organization.slug}/{other.slug}")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([str(uuid.uuid4())], "There is no trace"),
        (["nonsense"], "write a trace's id"),
        ([str(uuid.uuid4()), "--namespace", "x/y"], "There is no namespace x/y"),
    ],
)
def test_a_mistake_becomes_a_sentence(moved, words, says):
    with pytest.raises(CommandError, match=says):
        run(*words)


def test_what_a_restricted_person_asked_is_not_replayed(moved, namespace):
    with access.scope(namespace.pk):
        Subject.objects.update(state="RESTRICTED")

    with pytest.raises(CommandError, match="restricted"):
        run(moved[0])
