"""Who may come in, and what with: keys, schemes, scopes."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from governance import access, keys
from governance.audit import SYSTEM
from governance.models import ApiKey
from governance.rules import key_format
from governance.rules.scopes import ALL_SCOPES, BOT_SCOPES, Scope
from tests.conftest import bot_of, make_key, make_namespace
from tests.memories.api.talk import post, refusal, remember

pytestmark = pytest.mark.django_db
SOME_ID = uuid.UUID(int=7)
DOORS = [
    ("POST", "episodes/", Scope.REMEMBER),
    ("GET", f"episodes/{SOME_ID}/", Scope.READ),
    ("POST", "recall/", Scope.RECALL),
    ("GET", f"traces/{SOME_ID}/", Scope.TRACES),
    ("POST", "memories/", Scope.REMEMBER),
    ("GET", "memories/", Scope.READ),
    ("POST", "memories/list/", Scope.READ),
    ("GET", f"memories/{SOME_ID}/", Scope.READ),
    ("PATCH", f"memories/{SOME_ID}/", Scope.REMEMBER),
    ("DELETE", f"memories/{SOME_ID}/", Scope.FORGET),
    ("GET", f"memories/{SOME_ID}/history/", Scope.READ),
    ("GET", "memory-types/", Scope.READ_SETTINGS),
    ("POST", "memory-types/", Scope.CONFIGURE),
    ("GET", "memory-types/profile/", Scope.READ_SETTINGS),
    ("PATCH", "memory-types/profile/", Scope.CONFIGURE),
    ("GET", "strategies/", Scope.READ_SETTINGS),
    ("PUT", "strategies/mine/", Scope.CONFIGURE),
    ("POST", "identities/resolve/", Scope.READ_SUBJECTS),
    ("POST", "identities/link/", Scope.LINK),
    ("POST", "identities/unlink/", Scope.LINK),
]


def whoami(authorization):
    client = APIClient()
    if authorization is not None:
        client.credentials(HTTP_AUTHORIZATION=authorization)
    return client.get("/api/v1/key/")


def knock(client, method, address):
    return client.generic(method, f"/api/v1/{address}", "{}", content_type="application/json")


@pytest.mark.parametrize("scheme", ["Bearer", "Token", "bearer", "TOKEN"])
def test_a_key_is_sent_as_bearer_or_token(namespace, scheme):
    answer = whoami(f"{scheme} {make_key(namespace, [Scope.RECALL])}")

    assert answer.status_code == 200
    assert answer.json()["scopes"] == ["recall"]
    assert answer.json()["namespace"]["id"] == str(namespace.pk)


def refused_ones(namespace):
    text = make_key(namespace)
    revoked, revoked_text = keys.issue(
        namespace, name="x", scopes=BOT_SCOPES, actor=SYSTEM, now=timezone.now()
    )
    keys.revoke(revoked.pk, namespace_id=namespace.pk, actor=SYSTEM, now=timezone.now())
    elsewhere = key_format.make(uuid.uuid4())[1]
    moved = "_".join(["rmb", elsewhere.split("_")[1], *text.split("_", 2)[2:]])
    return {
        "none": None,
        "empty": "",
        "scheme alone": "Bearer",
        "no scheme": text,
        "basic": f"Basic {text}",
        "malformed": "Bearer rmb_x",
        "not ascii": "Bearer rmb_ключ",
        "cut": f"Bearer {text[:-1]}",
        "another secret": f"Bearer {text[:-4]}AAAA",
        "unknown": f"Bearer {key_format.make(namespace.pk)[1]}",
        "of a namespace that is not": f"Bearer {elsewhere}",
        "moved to another namespace": f"Bearer {moved}",
        "revoked": f"Bearer {revoked_text}",
        "expired": f"Bearer {make_key(namespace, expires_at=timezone.now())}",
        "two": f"Bearer {text} {text}",
    }


def test_whatever_is_wrong_with_a_key_is_not_told(namespace):
    told = set()
    for header in refused_ones(namespace).values():
        answer = whoami(header)
        problem = refusal(answer, 401, "key_refused")
        assert answer["WWW-Authenticate"] == "Bearer"
        told.add(problem["title"])

    assert len(told) == 1


def test_a_refused_key_opens_no_door(namespace):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=refused_ones(namespace)["revoked"])

    for method, address, _scope in DOORS:
        refusal(knock(client, method, address), 401)


@pytest.mark.parametrize(("method", "address", "scope"), DOORS)
def test_each_door_asks_for_its_scope_and_names_it(namespace, method, address, scope):
    others = [one for one in ALL_SCOPES if one is not scope]

    problem = refusal(knock(bot_of(namespace, others), method, address), 403, "scope_missing")

    assert scope.value in problem["detail"]
    opened = knock(bot_of(namespace, [scope]), method, address)
    assert opened.status_code not in (401, 403), opened.content


def test_a_key_until_tomorrow_opens(namespace):
    until = timezone.now() + timedelta(days=1)

    assert whoami(f"Bearer {make_key(namespace, expires_at=until)}").status_code == 200


def test_a_key_is_refused_from_its_revocation_on(namespace):
    key, text = keys.issue(namespace, name="x", scopes=BOT_SCOPES, actor=SYSTEM, now=timezone.now())
    assert whoami(f"Bearer {text}").status_code == 200

    keys.revoke(key.pk, namespace_id=namespace.pk, actor=SYSTEM, now=timezone.now())

    refusal(whoami(f"Bearer {text}"), 401)


def test_it_is_noted_when_a_key_was_last_used(namespace):
    text = make_key(namespace)
    whoami(f"Bearer {text}")

    with access.scope(namespace.pk):
        (key,) = ApiKey.objects.all()
    assert timezone.now() - key.last_used_at < timedelta(minutes=1)
    assert text not in (key.digest, key.prefix, key.name)


def test_the_key_decides_the_namespace(bot):
    remember(bot, "Ada keeps bees")
    other = bot_of(make_namespace())

    assert post(other, "recall", {"user_id": "ada", "query": "bees"}).json()["results"] == []
