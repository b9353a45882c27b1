"""Two organizations and a superuser."""

import pytest
from django.contrib.auth.models import User

from tests.governance.house import House


@pytest.fixture
def bakery(db):
    return House("bakery")


@pytest.fixture
def dairy(db):
    return House("dairy")


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root")
