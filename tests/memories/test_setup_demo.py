"""The demo's namespace, key and staff."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from governance import access
from governance.errors import KeyRefused
from governance.models import ApiKey, Namespace
from memories.models import Episode

pytestmark = pytest.mark.django_db


def set_up(*words):
    """What it printed, which must be one line of JSON."""
    out = StringIO()
    call_command("setup_demo", *words, stdout=out)
    (line,) = out.getvalue().splitlines()
    return json.loads(line)


@pytest.fixture
def kept(tmp_path):
    """The first call's answer, kept in a file as the local run does."""
    file = tmp_path / "demo.json"
    file.write_text(json.dumps(set_up()))
    return file


def test_the_first_call_tells_what_is_needed(client):
    told = set_up()

    assert set(told) == {"namespace", "namespace_id", "api_key", "staff", "fresh"}
    opened = access.authenticate(told["api_key"], now=timezone.now())
    assert str(opened.namespace.pk) == told["namespace_id"]
    assert [one["role"] for one in told["staff"]] == ["SUPERUSER", "PRIVACY_OFFICER"]
    for one in told["staff"]:
        assert client.login(username=one["username"], password=one["password"])
    assert told["fresh"] is True


def test_what_was_kept_is_answered_while_it_works(kept):
    first = json.loads(kept.read_text())

    assert set_up("--existing", str(kept)) == first
    assert Namespace.objects.filter(organization__slug="demo").count() == 1


def test_it_is_not_fresh_once_there_is_an_episode(kept):
    namespace_id = json.loads(kept.read_text())["namespace_id"]
    with access.scope(namespace_id):
        Episode.objects.create(namespace_id=namespace_id, agent_id="a", received_at=timezone.now())

    assert set_up("--existing", str(kept))["fresh"] is False
    assert set_up()["fresh"] is False


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", '{"api_key": "rmb_x"}'])
def test_a_file_that_is_lost_or_spoilt_brings_new_secrets(kept, text, client):
    first = json.loads(kept.read_text())
    kept.write_text(text)

    second = set_up("--existing", str(kept))

    with pytest.raises(KeyRefused):
        access.authenticate(first["api_key"], now=timezone.now())
    access.authenticate(second["api_key"], now=timezone.now())
    assert second["namespace_id"] == first["namespace_id"]
    old, new = first["staff"][0], second["staff"][0]
    assert not client.login(username=old["username"], password=old["password"])
    assert client.login(username=new["username"], password=new["password"])


def test_a_key_of_another_namespace_does_not_count(kept, namespace):
    told = json.loads(kept.read_text())
    out = StringIO()
    path = f"{namespace.organization.slug}/{namespace.slug}"
    call_command(
        "create_api_key", "--namespace", path, "--name", "x", stdout=out, stderr=StringIO()
    )
    kept.write_text(json.dumps({**told, "api_key": out.getvalue().strip()}))

    assert set_up("--existing", str(kept))["api_key"] not in out.getvalue()


def test_one_demo_key_is_good_at_a_time(kept):
    set_up()
    told = set_up()

    with access.scope(told["namespace_id"]):
        assert ApiKey.objects.filter(namespace_id=told["namespace_id"]).count() == 3
        assert ApiKey.objects.filter(revoked_at=None).count() == 1


def test_an_account_that_is_not_the_demos_is_left_alone():
    theirs = uuid4().hex
    User.objects.create_superuser("admin", password=theirs)

    with pytest.raises(CommandError):
        set_up()

    assert User.objects.get(username="admin").check_password(theirs)
    assert not Namespace.objects.filter(slug="demo").exists()
