"""The operator's commands."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from governance import access
from governance.errors import KeyRefused
from governance.models import ApiKey, AuditEvent, Membership, MemoryType, Namespace
from governance.rules.scopes import ALL_SCOPES, BOT_SCOPES

pytestmark = pytest.mark.django_db


def run(*words):
    """What the command wrote on standard output."""
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def shop():
    run("create_namespace", "--organization", "bakery", "--namespace", "shop")
    return Namespace.objects.get(organization__slug="bakery", slug="shop")


def issue(*words):
    return run("create_api_key", "--namespace", "bakery/shop", "--name", "till", *words).strip()


def test_a_namespace_comes_with_its_organization_and_types(shop):
    assert shop.settings["embedding_model"]
    with access.scope(shop.pk):
        assert MemoryType.objects.filter(namespace=shop).count() == 4
        assert AuditEvent.objects.get(namespace=shop).actor_kind == "system"


def test_creating_a_namespace_again_changes_nothing_and_says_so(shop):
    said = run("create_namespace", "--organization", "bakery", "--namespace", "shop")

    assert f"is there already ({shop.pk})" in said
    assert Namespace.objects.filter(organization=shop.organization).count() == 1


@pytest.mark.parametrize("slug", ["two words", "", "x" * 65])
def test_a_slug_that_cannot_be_used_is_refused(slug):
    with pytest.raises(CommandError):
        run("create_namespace", "--organization", slug, "--namespace", "shop")


def test_a_key_opens_what_a_bot_needs(shop):
    opened = access.authenticate(issue(), now=timezone.now())

    assert opened.namespace == shop
    assert opened.scopes == {scope.value for scope in BOT_SCOPES}


def test_a_key_opens_the_scopes_that_were_named(shop):
    everything = access.authenticate(issue("--scopes", "all"), now=timezone.now())
    recalling = access.authenticate(issue("--scopes", "recall"), now=timezone.now())

    assert everything.scopes == {scope.value for scope in ALL_SCOPES}
    assert recalling.scopes == {"recall"}


def test_a_key_is_good_through_the_day_it_expires(shop):
    now = timezone.now()
    text = issue("--expires", now.date().isoformat())

    access.authenticate(text, now=now)
    with pytest.raises(KeyRefused):
        access.authenticate(text, now=now + timedelta(days=1))


@pytest.mark.parametrize(
    "words",
    [
        ("--scopes", "everything"),
        ("--expires", "2020-01-01"),
        ("--expires", "tomorrow"),
        ("--namespace", "bakery/cellar"),
        ("--namespace", "shop"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_in_words(shop, words):
    with pytest.raises(CommandError):
        issue(*words)


def test_a_revoked_key_is_refused(shop):
    text = issue()
    with access.scope(shop.pk):
        prefix = ApiKey.objects.get(namespace=shop).prefix

    for _ in range(2):  # again changes nothing
        run("revoke_api_key", "--namespace", "bakery/shop", "--prefix", prefix)

    with pytest.raises(KeyRefused):
        access.authenticate(text, now=timezone.now())


def test_a_key_of_another_namespace_is_not_revoked(shop):
    issue()
    with access.scope(shop.pk):
        prefix = ApiKey.objects.get(namespace=shop).prefix
    run("create_namespace", "--organization", "dairy", "--namespace", "shop")

    with pytest.raises(CommandError):
        run("revoke_api_key", "--namespace", "dairy/shop", "--prefix", prefix)


def create_staff(username="mona", role="VIEWER"):
    return run("create_staff", "--username", username, "--organization", "bakery", "--role", role)


def test_staff_get_a_password_that_is_shown_once(shop, client):
    said = create_staff()

    password = said.strip().rsplit(" ", 1)[1]
    assert client.login(username="mona", password=password)
    assert Membership.objects.get(user__username="mona").role == "VIEWER"
    assert not User.objects.get(username="mona").is_superuser


def test_a_password_from_the_environment_is_not_repeated(shop, client, monkeypatch):
    chosen = uuid4().hex
    monkeypatch.setenv("STAFF_PASSWORD", chosen)

    said = create_staff()

    assert chosen not in said
    assert "Password" not in said
    assert client.login(username="mona", password=chosen)


def test_a_weak_password_is_refused(shop, monkeypatch):
    monkeypatch.setenv("STAFF_PASSWORD", "12345")

    with pytest.raises(CommandError):
        create_staff()

    assert not User.objects.filter(username="mona").exists()


def test_who_is_there_gets_the_role_and_keeps_the_password(shop, client):
    password = create_staff().strip().rsplit(" ", 1)[1]

    said = create_staff(role="OWNER")

    assert "Password" not in said
    assert client.login(username="mona", password=password)
    assert Membership.objects.get(user__username="mona").role == "OWNER"


def test_staff_need_an_organization_that_is_there():
    with pytest.raises(CommandError):
        create_staff()
