"""Whatever happened since, as long as nothing was forgotten: the past answers as it did."""

import random
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from governance.audit import SYSTEM
from memories import extraction, replay, upkeep
from memories.rules import traced
from tests.memories.api.talk import ask, post, remember, remember_all

pytestmark = pytest.mark.django_db

WORDS = "bees hive honey Delft Leiden Berlin cello chess tea tax return moved works lives".split()
CITIES = ["Berlin", "Hamburg", "Delft", "Leiden", "Lisbon"]
QUERIES = ["Where does Ada live?", "bees and honey", "chess in Leiden", "What is due?", "tea"]


class History:
    """A life of random deeds, the same for the same seed."""

    def __init__(self, bot, namespace, seed):
        self.bot, self.namespace = bot, namespace
        self.random = random.Random(seed)  # noqa: S311 - a test's, the same in each run
        self.kept, self.traces, self.moments = [], [], []

    def live(self, deeds):
        choices = {
            self.say: 5, self.say_several: 2, self.move: 3, self.repeat: 2, self.reword: 3,
            self.weigh: 2, self.end: 1, self.tune: 1, self.ask: 8, self.correct: 2, self.tell: 2,
            self.judge: 2, self.report: 2, self.count: 2,
        }  # fmt: skip
        for _ in range(deeds):
            deed = self.random.choices(list(choices), weights=list(choices.values()))[0]
            deed()
            self.moments.append(timezone.now())

    def sentence(self):
        return " ".join(self.random.choices(WORDS, k=self.random.randint(3, 7)))

    def keep(self, made):
        self.kept += [one["id"] for one in made if one["id"]]

    def say(self):
        run = self.random.choice([None, "run-1", "run-2"])
        fields = {"run_id": run, "importance": self.random.choice([0.2, 0.5, 0.9])}
        if run:
            fields["speaker"] = self.random.choice(["Ada", "Bob"])
        if self.random.random() < 0.3:
            fields["occurred_at"] = f"2026-03-0{self.random.randint(1, 9)}T10:00:00Z"
        fields["metadata"] = {"n": self.random.randint(0, 3)}
        self.keep([remember(self.bot, self.sentence(), **fields)])

    def say_several(self):
        one = [{"text": self.sentence(), "run_id": "run-1"} for _ in range(3)]
        self.keep(remember_all(self.bot, one))

    def move(self):
        city = self.random.choice(CITIES)
        text = f"Ada lives in {city}"
        self.keep([remember(self.bot, text, type="profile", slot="city", data={"value": city})])

    def repeat(self):
        self.keep([remember(self.bot, "Ada drinks tea", importance=0.6)])

    def patch(self, **fields):
        if self.kept:
            address = f"/api/v1/memories/{self.random.choice(self.kept)}/"
            answer = self.bot.patch(address, fields, format="json")
            assert answer.status_code in (200, 400), answer.content  # 400: no longer current

    def reword(self):
        self.patch(text=self.sentence())

    def weigh(self):
        self.patch(importance=self.random.random(), metadata={"n": self.random.randint(0, 3)})

    def end(self):
        self.patch(expires_at=(timezone.now() + timedelta(milliseconds=1)).isoformat())

    def compose(self):
        body = {"user_id": "ada", "message": self.random.choice(QUERIES), "token_budget": 100}
        self.traces.append(post(self.bot, "context", body).json()["trace_id"])

    def correct(self):
        """A person sets something right."""
        if self.kept:
            body = {"text": self.sentence()}
            answer = post(self.bot, f"memories/{self.random.choice(self.kept)}/correct", body)
            assert answer.status_code in (201, 400, 409), answer.content
            if answer.status_code == 201:
                self.keep([answer.json()])

    def tell(self):
        """Something is said, or taken back, and extracted."""
        city = self.random.choice(CITIES)
        said = self.random.choice([f"I live in {city}.", f"I no longer live in {city}."])
        messages = [{"role": "user", "content": said}]
        episode = post(self.bot, "episodes", {"user_id": "ada", "messages": messages}).json()
        done = extraction.extract(
            uuid.UUID(episode["id"]), namespace_id=self.namespace.pk, clock=timezone.now
        )
        assert done

    def judge(self):
        if self.traces:
            verdict = self.random.choice(["helpful", "irrelevant", "wrong"])
            trace = self.random.choice(self.traces)
            post(self.bot, f"traces/{trace}/feedback", {"verdict": verdict})

    def report(self):
        if self.traces:
            trace = self.random.choice(self.traces)
            told = self.bot.get(f"/api/v1/traces/{trace}/").json()
            gave = traced.given(told["kind"], told["found"], told["composed"])
            used = [pk for pk in gave if self.random.random() < 0.5]
            assert post(self.bot, f"traces/{trace}/outcome", {"used": used}).status_code == 200

    def count(self):
        upkeep.count_uses(self.namespace.pk)

    def tune(self):
        config = {"top_k": self.random.randint(2, 6), "threshold": self.random.choice([0, 0.1])}
        self.bot.put("/api/v1/strategies/mine/", {"config": config}, format="json")

    def ask(self):
        choice = self.random.random()
        fields = {"top_k": self.random.randint(1, 8), "threshold": 0.0}
        if choice < 0.15:
            fields = {"filters": {"metadata.n": {"gte": 1}}}
        elif choice < 0.3:
            fields = {"types": ["interaction"], "top_k": 4}
        elif choice < 0.45 and self.moments:
            fields["as_of"] = self.random.choice(self.moments).isoformat()
        elif choice < 0.6:
            fields = {"strategy": self.random.choice(["lexical_only", "dense_only", "default"])}
        elif choice < 0.7:
            fields = {"run_id": "run-1"}
        elif choice < 0.85:
            return self.compose()
        self.traces.append(ask(self.bot, self.random.choice(QUERIES), **fields)["trace_id"])
        return None


@pytest.mark.parametrize("seed", range(8))
def test_every_trace_of_a_life_answers_again_as_it_did(bot, namespace, seed):
    history = History(bot, namespace, seed)
    history.live(60)

    assert history.traces
    for trace in history.traces:
        prepared = replay.prepare(uuid.UUID(trace), namespace=namespace)
        found = replay.replay(prepared, actor=SYSTEM, now=timezone.now())
        assert found.matches_trace is True, (found.trace.asked, found.mismatches)
