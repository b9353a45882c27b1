"""Staff replay a trace, and see what became of recalls; content for a reason only."""

import pytest

from governance import access
from governance.models import AuditEvent, Subject
from governance.models.access import Role
from memories.admin.revealing import Reason
from memories.models import MemoryFeedback, MemoryUse, RecallTrace, TraceOutcome
from tests.conftest import bot_of
from tests.governance.house import House, page
from tests.memories.api.talk import ask, post, remember

pytestmark = pytest.mark.django_db
QUESTION = "Where does Ada live?"
SECRET = "said-to-the-bot"


class Home(House):
    """A house in which somebody moved after a question about it."""

    def __init__(self, slug):
        super().__init__(slug)
        bot = bot_of(self.namespace)
        city = {"type": "profile", "slot": "city"}
        self.old = remember(bot, "Ada lives in Berlin", **city)["id"]
        trace = ask(bot, QUESTION)["trace_id"]
        post(bot, f"traces/{trace}/outcome", {"answer": SECRET, "used": [self.old]})
        post(bot, f"traces/{trace}/feedback", {"verdict": "helpful"})
        self.new = remember(bot, "Ada lives in Hamburg", **city)["id"]
        with access.scope(self.namespace.pk):
            self.trace = RecallTrace.objects.get()
            self.row = {
                model: model.objects.get() for model in (TraceOutcome, MemoryFeedback, MemoryUse)
            }


@pytest.fixture
def bakery(db):
    return Home("bakery")


@pytest.fixture
def dairy(db):
    return Home("dairy")


def events(house, action):
    with access.scope(house.namespace.pk):
        return list(AuditEvent.objects.filter(namespace=house.namespace, action=action))


def test_a_trace_is_replayed_for_a_reason_and_on_the_record(bakery, client):
    officer = bakery.member(Role.PRIVACY_OFFICER)
    client.force_login(officer)
    address = page(RecallTrace, "replay", bakery.trace.pk)

    detail = client.get(page(RecallTrace, "change", bakery.trace.pk)).content.decode()
    asking = client.get(address).content.decode()
    answer = client.post(address, {"reason": Reason.QUALITY})

    assert address in detail
    assert not any(word in detail + asking for word in ("Berlin", "Hamburg", QUESTION))
    shown = answer.content.decode()
    for word in ("Ada lives in Berlin", "Ada lives in Hamburg", QUESTION, "superseded on "):
        assert word in shown
    assert "gives the recorded answer" in shown
    assert "no-store" in answer["Cache-Control"]
    (viewed,), (replayed,) = events(bakery, "memory.viewed"), events(bakery, "recall.replayed")
    assert viewed.details == {"reason": "quality"}
    for event in (viewed, replayed):
        assert (event.actor_kind, event.actor_id) == ("staff", str(officer.pk))
        assert event.target_id == str(bakery.trace.pk)


@pytest.mark.parametrize("reason", ["", "curiosity"])
def test_without_a_reason_nothing_is_replayed(bakery, client, reason):
    client.force_login(bakery.member(Role.OWNER))

    answer = client.post(page(RecallTrace, "replay", bakery.trace.pk), {"reason": reason})

    assert answer.context["form"].errors
    assert "Berlin" not in answer.content.decode()
    assert events(bakery, "recall.replayed") == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.NAMESPACE_ADMIN])
def test_who_may_not_see_content_replays_nothing(bakery, client, role):
    client.force_login(bakery.member(role))
    address = page(RecallTrace, "replay", bakery.trace.pk)

    detail = client.get(page(RecallTrace, "change", bakery.trace.pk)).content.decode()

    assert address not in detail
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": Reason.LEGAL}).status_code == 403
    assert events(bakery, "recall.replayed") == []


def test_another_organizations_trace_is_not_there(bakery, dairy, client):
    client.force_login(bakery.member(Role.OWNER))

    address = page(RecallTrace, "replay", dairy.trace.pk)

    assert client.post(address, {"reason": Reason.LEGAL}).status_code == 404


def test_what_a_restricted_person_asked_is_not_replayed(bakery, client):
    client.force_login(bakery.member(Role.OWNER))
    with access.scope(bakery.namespace.pk):
        Subject.objects.update(state="RESTRICTED")

    answer = client.post(
        page(RecallTrace, "replay", bakery.trace.pk), {"reason": Reason.LEGAL}, follow=True
    )

    assert "restricted" in answer.content.decode()
    assert "Berlin" not in answer.content.decode()
    assert events(bakery, "memory.viewed") == []


@pytest.mark.parametrize("model", [TraceOutcome, MemoryFeedback, MemoryUse])
@pytest.mark.parametrize("role", [Role.OWNER, Role.VIEWER])
def test_members_see_what_became_of_their_recalls_and_no_content(
    bakery, dairy, client, model, role
):
    client.force_login(bakery.member(role))

    changelist = client.get(page(model, "changelist"))
    detail = client.get(page(model, "change", bakery.row[model].pk))

    assert [row.pk for row in changelist.context["cl"].result_list] == [bakery.row[model].pk]
    assert SECRET not in changelist.content.decode() + detail.content.decode()
    assert client.get(page(model, "change", dairy.row[model].pk)).status_code == 404
    assert client.get(page(model, "add")).status_code == 403
    assert client.post(page(model, "delete", bakery.row[model].pk)).status_code == 403


def test_an_answer_is_revealed_for_a_reason(bakery, client):
    client.force_login(bakery.member(Role.PRIVACY_OFFICER))
    address = page(TraceOutcome, "reveal", bakery.row[TraceOutcome].pk)

    shown = client.post(address, {"reason": Reason.LEGAL}).content.decode()

    assert SECRET in shown
    assert len(events(bakery, "memory.viewed")) == 1


@pytest.mark.parametrize(
    ("model", "query"),
    [(TraceOutcome, "answer__contains=x"), (TraceOutcome, "answer_id=x")],
)
def test_a_list_cannot_be_asked_for_content(bakery, client, model, query):
    client.force_login(bakery.member(Role.OWNER))

    assert client.get(f"{page(model, 'changelist')}?{query}").status_code == 400


def test_lists_are_narrowed_by_trace_and_memory(bakery, client):
    client.force_login(bakery.member(Role.OWNER))

    for model, query, wanted in (
        (TraceOutcome, f"trace={bakery.trace.pk}", 1),
        (MemoryFeedback, f"memory_id={bakery.old}", 1),
        (MemoryFeedback, f"memory_id={bakery.new}", 0),
        (MemoryFeedback, "verdict__exact=wrong", 0),
        (MemoryUse, f"memory={bakery.old}", 1),
        (MemoryUse, f"subject={bakery.row[MemoryUse].subject_id}", 1),
    ):
        shown = client.get(f"{page(model, 'changelist')}?{query}")
        assert len(shown.context["cl"].result_list) == wanted, query
