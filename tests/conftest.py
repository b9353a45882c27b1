"""Fixtures that every test may use."""

import uuid

import hypothesis
import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from governance import keys, namespaces
from governance.audit import SYSTEM
from governance.models import Namespace, Organization
from governance.rules.scopes import ALL_SCOPES

# The same examples in every run, however slow the machine; look for new ones with
# `pytest --hypothesis-profile=default`.
hypothesis.settings.register_profile("house", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> None:
    """Migrate as the owner. The tests run as the app's role, or they would prove nothing."""
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0)


def make_namespace(**settings) -> Namespace:
    """A namespace in an organization of its own."""
    name = f"t{uuid.uuid4().hex[:12]}"
    organization = Organization.objects.create(name=name, slug=name)
    return namespaces.create(
        organization, slug="main", actor=SYSTEM, now=timezone.now(), settings=settings
    )


def make_key(namespace: Namespace, scopes=ALL_SCOPES, **given) -> str:
    """The text of a new key."""
    _, text = keys.issue(
        namespace, name="test", scopes=scopes, actor=SYSTEM, now=timezone.now(), **given
    )
    return text


@pytest.fixture
def namespace(db) -> Namespace:
    """A fresh namespace."""
    return make_namespace()


def bot_of(namespace: Namespace, scopes=ALL_SCOPES) -> APIClient:
    """A client with a key of the namespace."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {make_key(namespace, scopes)}")
    client.default_format = "json"
    return client


@pytest.fixture
def bot(namespace) -> APIClient:
    """A bot with every scope in `namespace`."""
    return bot_of(namespace)


@pytest.fixture
def stranger(db) -> APIClient:
    """A bot with every scope in another namespace."""
    return bot_of(make_namespace())
