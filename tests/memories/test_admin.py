"""What is remembered, in the admin: no content, unless revealed for a reason."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from governance import access, staff
from governance.models import AuditEvent, MemoryType
from governance.models.access import Role
from memories import field_register
from memories.admin.revealing import Reason
from memories.models import (
    Episode,
    Memory,
    MemoryVersion,
    RecallStrategy,
    RecallTrace,
    StoredAnswer,
)
from tests.governance.house import House, page

pytestmark = pytest.mark.django_db

SECRET = "bees-in-delft"
REVEALING = (Memory, MemoryVersion, Episode, RecallTrace)
ALL = (*REVEALING, RecallStrategy, StoredAnswer)


class Apiary(House):
    """A house with one row of each kind, each full of what must not be shown."""

    def __init__(self, slug):
        super().__init__(slug)
        now = timezone.now()
        self.mine = {"namespace": self.namespace, "subject": self.identity.subject}
        with access.scope(self.namespace.pk):
            profile = MemoryType.objects.get(namespace=self.namespace, name="profile")
            episode = Episode.objects.create(
                **self.mine,
                messages=[{"role": "user", "content": SECRET}],
                metadata={"about": SECRET},
                received_at=now,
            )
            memory = Memory.objects.create(
                **self.mine,
                type=profile,
                episode=episode,
                text=SECRET,
                data={"value": SECRET},
                metadata={"about": SECRET},
                categories=[SECRET],
                slot=SECRET,
                speaker=SECRET,
                trust=3,
                valid_from=now,
                created_at=now,
                updated_at=now,
            )
            version = MemoryVersion.objects.create(
                namespace=self.namespace,
                memory=memory,
                version=1,
                change="ADD",
                reason=SECRET,
                actor_kind="bot",
                before={"text": SECRET},
                after={"text": SECRET},
                at=now,
            )
            trace = RecallTrace.objects.create(
                **self.mine,
                asked={"query": SECRET},
                strategy={"name": "default"},
                found=[{"id": str(memory.pk), "why": SECRET}],
                left_out=[],
                embedding_model="local:x",
                at=now,
            )
            strategy = RecallStrategy.objects.create(
                namespace=self.namespace, name="mine", version=1, created_at=now
            )
            answer = StoredAnswer.objects.create(
                **self.mine,
                api_key_id=self.key.pk,
                idempotency_key="1",
                request_digest="0",
                body={"memory": SECRET},
                at=now,
            )
        self.row = {type(row): row for row in (episode, memory, version, trace, strategy, answer)}


@pytest.fixture
def bakery(db):
    return Apiary("bakery")


@pytest.fixture
def dairy(db):
    return Apiary("dairy")


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root")


def views(house):
    """The events of content being seen."""
    with access.scope(house.namespace.pk):
        return list(AuditEvent.objects.filter(namespace=house.namespace, action="memory.viewed"))


@pytest.mark.parametrize("model", ALL)
def test_no_page_shows_content(bakery, root, client, model):
    client.force_login(root)
    pk = bakery.row[model].pk

    for address in (
        page(model, "changelist"),
        page(model, "change", pk),
        page(model, "history", pk),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()
    assert str(pk) in client.get(page(model, "changelist")).content.decode()


@pytest.mark.parametrize("model", ALL)
def test_rows_are_looked_at_only(bakery, root, client, model):
    client.force_login(root)
    pk = bakery.row[model].pk

    assert client.get(page(model, "add")).status_code == 403
    assert client.post(page(model, "change", pk), {"text": "other"}).status_code == 403
    assert client.post(page(model, "delete", pk), {"post": "yes"}).status_code == 403
    client.post(
        page(model, "changelist"), {"action": "delete_selected", "_selected_action": str(pk)}
    )
    with access.scope(bakery.namespace.pk):
        assert model.objects.filter(namespace=bakery.namespace, pk=pk).exists()


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize("role", Role)
def test_members_see_their_rows_and_no_others(bakery, dairy, client, model, role):
    client.force_login(bakery.member(role))

    shown = client.get(page(model, "changelist")).context["cl"].result_list
    assert [row.pk for row in shown] == [bakery.row[model].pk]
    assert client.get(page(model, "change", bakery.row[model].pk)).status_code == 200
    assert client.get(page(model, "change", dairy.row[model].pk)).status_code == 404
    assert client.get(page(model, "history", dairy.row[model].pk)).status_code == 404


@pytest.mark.parametrize("model", REVEALING)
def test_content_is_revealed_for_a_reason_and_on_the_record(bakery, client, model):
    officer = bakery.member(Role.PRIVACY_OFFICER)
    client.force_login(officer)
    row = bakery.row[model]
    address = page(model, "reveal", row.pk)

    assert address in client.get(page(model, "change", row.pk)).content.decode()
    asking = client.get(address)
    assert SECRET not in asking.content.decode()
    assert views(bakery) == []
    answer = client.post(address, {"reason": Reason.LEGAL})

    shown = answer.content.decode()
    for field, category in field_register.FIELDS[model].items():
        if category == "content":
            assert f"<label>{field}</label>" in shown
    assert SECRET in shown
    assert "no-store" in answer["Cache-Control"]
    (event,) = views(bakery)
    assert event.details == {"reason": "legal"}
    assert (event.target_id, event.target_kind) == (str(row.pk), model._meta.model_name)
    assert (event.actor_kind, event.actor_id) == ("staff", str(officer.pk))


@pytest.mark.parametrize("reason", ["", "curiosity", None])
def test_without_a_reason_nothing_is_revealed(bakery, root, client, reason):
    client.force_login(root)
    given = {} if reason is None else {"reason": reason}

    answer = client.post(page(Memory, "reveal", bakery.row[Memory].pk), given)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert SECRET not in answer.content.decode()
    assert views(bakery) == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.NAMESPACE_ADMIN])
def test_who_may_not_see_content_does_not(bakery, dairy, client, role):
    mona = bakery.member(role)
    # A role that may see content counts in its own organization only.
    staff.appoint(mona, organization=dairy.organization, role=Role.PRIVACY_OFFICER)
    client.force_login(mona)

    for model in REVEALING:
        address = page(model, "reveal", bakery.row[model].pk)
        detail = client.get(page(model, "change", bakery.row[model].pk))
        assert address not in detail.content.decode()
        for answer in (client.get(address), client.post(address, {"reason": Reason.LEGAL})):
            assert answer.status_code == 403
            assert SECRET not in answer.content.decode()
    assert views(bakery) == []


def test_another_organizations_content_is_not_there(bakery, dairy, client):
    client.force_login(bakery.member(Role.PRIVACY_OFFICER))

    for pk in (dairy.row[Memory].pk, uuid4(), "nonsense"):
        address = page(Memory, "reveal", pk)
        assert client.post(address, {"reason": Reason.LEGAL}).status_code == 404


def test_nobody_reveals_without_logging_in(bakery, client):
    answer = client.post(page(Memory, "reveal", bakery.row[Memory].pk), {"reason": "legal"})

    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Memory, "text__icontains=bees"),
        (Memory, "slot=bees-in-delft"),
        (Memory, "identity__external_id=ada"),
        (Memory, "text_digest=0"),
        (Episode, "messages__0__content=bees"),
        (RecallTrace, "asked__query__startswith=bees"),
        (MemoryVersion, "after__text=bees"),
        (StoredAnswer, "body__memory=bees"),
    ],
)
def test_a_list_cannot_be_asked_for_content(bakery, root, client, model, query):
    client.force_login(root)

    assert client.get(f"{page(model, 'changelist')}?{query}").status_code == 400


@pytest.mark.parametrize("model", [Memory, Episode])
def test_a_search_is_by_id_only(bakery, root, client, model):
    client.force_login(root)
    row = bakery.row[model]

    for words, wanted in ((str(row.pk), [row.pk]), (SECRET, []), (str(row.pk)[:8], [])):
        found = client.get(page(model, "changelist"), {"q": words})
        assert [one.pk for one in found.context["cl"].result_list] == wanted


def test_lists_are_narrowed_by_what_is_on_show(bakery, dairy, root, client):
    client.force_login(root)
    memory = bakery.row[Memory]

    for filters, wanted in (
        ({"type": "profile", "namespace": str(bakery.namespace.pk)}, 1),
        ({"type": "preference"}, 0),
        ({"type": "profile"}, 2),
        ({"state__exact": "ACTIVE", "sensitivity__exact": "normal"}, 2),
        ({"subject": str(memory.subject_id)}, 1),
        ({"episode": str(memory.episode_id)}, 1),
    ):
        found = client.get(page(Memory, "changelist"), filters)
        assert len(found.context["cl"].result_list) == wanted, filters
    found = client.get(page(MemoryVersion, "changelist"), {"memory": str(memory.pk)})
    assert len(found.context["cl"].result_list) == 1
