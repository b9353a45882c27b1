"""Moving a namespace to another model: recall goes on, a stopped run goes on, nothing is lost."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from governance import access
from governance.audit import SYSTEM
from governance.models import AuditEvent, Namespace
from governance.subjects import IdentityRef
from memories import editing, reembedding, remembering, upkeep
from memories.drafts import Place
from memories.models import MemoryIndex
from memories.providers import embeddings, model_files
from memories.remembering import Verbatim
from tests.memories.api.talk import ask, recalled, remember, remember_all

pytestmark = pytest.mark.django_db
OLD, NEW = "local:bge-small-en-v1.5", "local:twin-of-bge"
LIFE = [
    "Ada keeps bees in Delft",
    "Ada plays the cello on Tuesdays",
    "The tax return is due in April",
    "She drinks her coffee black",
]
QUESTION = "Which animals does she keep?"


@pytest.fixture(autouse=True)
def _twin(settings, tmp_path_factory):
    """The bundled model under another name, as one's own model would be put there."""
    folder = tmp_path_factory.getbasetemp() / "models"
    if not folder.exists():
        folder.mkdir()
        (folder / "twin-of-bge").symlink_to(model_files.folder("bge-small-en-v1.5"))
    settings.LOCAL_MODEL_DIR = str(folder)


@pytest.fixture
def life(bot):
    return remember_all(bot, [{"text": text} for text in LIFE])


def move(namespace, *options):
    out = StringIO()
    path = f"{namespace.organization.slug}/{namespace.slug}"
    call_command("reembed", path, "--model", NEW, *options, stdout=out)
    return out.getvalue()


def models_of(namespace):
    with access.scope(namespace.pk):
        return sorted(MemoryIndex.objects.values_list("model", flat=True))


def model_of_recall(bot):
    answer = ask(bot, QUESTION)
    assert answer["degraded"] == []
    assert answer["results"][0]["memory"] == LIFE[0]
    return bot.get(f"/api/v1/traces/{answer['trace_id']}/").json()["embedding_model"]


@pytest.mark.usefixtures("life")
def test_recall_goes_on_with_the_old_model_and_then_with_the_new(bot, namespace):
    model = embeddings.for_model(NEW)
    assert model_of_recall(bot) == OLD

    while reembedding.batch(namespace, model, limit=1):
        assert model_of_recall(bot) == OLD
    assert models_of(namespace) == [OLD] * 4 + [NEW] * 4

    reembedding.adopt(namespace, NEW, model, actor=SYSTEM, now=timezone.now())
    assert model_of_recall(bot) == NEW
    assert models_of(namespace) == [NEW] * 4


@pytest.mark.usefixtures("life")
def test_the_command_moves_a_namespace_and_says_so(bot, namespace):
    said = move(namespace, "--batch", "3")

    assert f"4 memories embedded; recall now uses {NEW}." in said
    assert (models_of(namespace), model_of_recall(bot)) == ([NEW] * 4, NEW)
    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action="namespace.reembedded")
    assert event.details == {"model": NEW}


@pytest.mark.usefixtures("life")
def test_a_run_that_was_stopped_goes_on_where_it_was(namespace):
    reembedding.batch(namespace, embeddings.for_model(NEW), limit=3)
    assert reembedding.missing(namespace.pk, NEW) == 1

    assert "1 memories embedded" in move(namespace)
    assert "0 memories embedded" in move(namespace)


@pytest.mark.usefixtures("life")
def test_what_is_kept_after_the_move_has_the_new_models_vector(bot, namespace):
    move(namespace)

    remember(bot, "Ada grows orchids")

    assert models_of(namespace) == [NEW] * 5
    assert recalled(bot, "Which plants does she grow?")[0] == "Ada grows orchids"


@pytest.mark.usefixtures("life")
def test_what_was_being_kept_during_the_move_is_recalled_after_it(bot, namespace):
    given = Verbatim((IdentityRef("user_id", "ada"),), "interaction", "Ada grows orchids", Place())
    old = Namespace.objects.get(pk=namespace.pk)
    prepared = remembering.prepare([given], namespace=old, now=timezone.now())

    move(namespace)
    remembering.remember(prepared, actor=SYSTEM, now=timezone.now())
    upkeep.embed_waiting(namespace.pk, every=True)

    assert recalled(bot, "orchids")[0] == "Ada grows orchids"


def test_what_was_being_changed_during_the_move_is_recalled_after_it(bot, namespace, life):
    old = Namespace.objects.get(pk=namespace.pk)
    edit = editing.prepare(life[0]["id"], {"text": "Ada grows orchids"}, namespace=old)

    move(namespace)
    editing.change(edit, namespace=old, actor=SYSTEM, now=timezone.now())
    upkeep.embed_waiting(namespace.pk, every=True)

    assert recalled(bot, "orchids") == ["Ada grows orchids"]


def test_a_memory_changed_while_the_model_worked_keeps_its_new_words(
    bot, namespace, life, monkeypatch
):
    model, real = embeddings.for_model(NEW), reembedding._write

    def changed_meanwhile(*given, **more):
        bot.patch(
            f"/api/v1/memories/{life[0]['id']}/", {"text": "Ada grows orchids"}, format="json"
        )
        bot.delete(f"/api/v1/memories/{life[1]['id']}/")
        real(*given, **more)

    monkeypatch.setattr(reembedding, "_write", changed_meanwhile)
    reembedding.batch(namespace, model, limit=100)
    monkeypatch.undo()
    assert reembedding.missing(namespace.pk, NEW) == 1

    move(namespace)

    assert recalled(bot, "orchids") == ["Ada grows orchids"]
    assert recalled(bot, "bees", strategy="lexical_only") == []
    assert models_of(namespace) == [NEW] * 3


@pytest.mark.parametrize(
    ("path", "model", "says"),
    [
        ("nobody/nothing", NEW, "There is no namespace"),
        (None, "other:bge", "--model"),
        (None, "local:nowhere", "LOCAL_MODEL_DIR"),
        (None, "openai:x", "EMBEDDING_API_KEY"),
    ],
)
@pytest.mark.usefixtures("life")
def test_a_move_that_cannot_be_is_refused_and_changes_nothing(bot, namespace, path, model, says):
    path = path or f"{namespace.organization.slug}/{namespace.slug}"

    with pytest.raises(CommandError, match=says):
        call_command("reembed", path, "--model", model)

    assert model_of_recall(bot) == OLD


@pytest.mark.parametrize("size", ["0", "-1", "many"])
@pytest.mark.usefixtures("life")
def test_a_batch_of_none_is_refused(bot, namespace, size):
    with pytest.raises(CommandError):
        move(namespace, "--batch", size)

    assert model_of_recall(bot) == OLD


def test_a_model_that_does_not_answer_leaves_the_namespace_where_it_was(
    bot, namespace, life, endpoint, remote_model
):
    endpoint.status = 503
    path = f"{namespace.organization.slug}/{namespace.slug}"

    with pytest.raises(CommandError, match="run this again"):
        call_command("reembed", path, "--model", remote_model)
    assert model_of_recall(bot) == OLD

    endpoint.status = 200
    call_command("reembed", path, "--model", remote_model, stdout=StringIO())
    assert life
    assert models_of(namespace) == [remote_model] * 4
    assert recalled(bot, "bees in Delft")[0] == LIFE[0]


def test_a_run_of_turns_is_embedded_in_its_context_again(bot, namespace):
    turns = ["What shall we plant?", "Orchids, I think.", "Those are hard to grow."]
    remember_all(bot, [{"text": text, "run_id": "r1", "speaker": "Ada"} for text in turns])
    with access.scope(namespace.pk):
        before = {row.memory_id: row.terms.to_text() for row in MemoryIndex.objects.all()}

    move(namespace)

    with access.scope(namespace.pk):
        after = {row.memory_id: row.terms.to_text() for row in MemoryIndex.objects.all()}
    assert after == before
