"""So many requests a minute for each key."""

import pytest
import redis
from django.conf import settings as site
from django.core.cache import cache

from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import refusal

pytestmark = pytest.mark.django_db


def whoami(bot):
    return bot.get("/api/v1/key/")


@pytest.fixture
def limited(db):
    return make_namespace(requests_per_minute=3)


@pytest.fixture(autouse=True)
def _in_one_window(monkeypatch):
    # A minute that begins between two requests would start the count again.
    monkeypatch.setattr("memories.api.throttling.WINDOW_SECONDS", 10**9)


def test_the_fourth_request_of_a_minute_is_refused(limited):
    bot = bot_of(limited)

    assert [whoami(bot).status_code for _ in range(3)] == [200] * 3
    answer = whoami(bot)
    refusal(answer, 429, "throttled")
    assert int(answer["Retry-After"]) >= 1


def test_each_key_has_its_own_count(limited):
    one, other = bot_of(limited), bot_of(limited)
    for _ in range(4):
        whoami(one)

    assert whoami(other).status_code == 200


def test_a_refused_key_counts_for_nobody(limited, client):
    for _ in range(5):
        assert client.get("/api/v1/key/").status_code == 401

    assert whoami(bot_of(limited)).status_code == 200


@pytest.mark.usefixtures("db")
def test_a_namespace_goes_before_the_site(settings):
    settings.REQUESTS_PER_MINUTE = 1
    as_the_site_says, without = (
        bot_of(make_namespace()),
        bot_of(make_namespace(requests_per_minute=0)),
    )

    assert [whoami(as_the_site_says).status_code for _ in range(2)] == [200, 429]
    assert [whoami(without).status_code for _ in range(3)] == [200] * 3


def test_while_the_counter_does_not_answer_nobody_is_refused(limited, monkeypatch):
    def unreachable(*_args, **_kwargs):
        return redis.Redis.from_url("redis://127.0.0.1:1/0").incr("x")

    monkeypatch.setattr(cache, "add", unreachable)

    assert [whoami(bot_of(limited)).status_code for _ in range(5)] == [200] * 5


def test_what_is_counted_says_nothing_of_anybody(limited):
    whoami(bot_of(limited))

    names = redis.Redis.from_url(site.BROKER_URL).keys("*requests:*")

    assert names
    assert all(b"rmb_" not in name for name in names)
