"""How often a recall finds what answers a question, on conversations in LoCoMo's format.

    python -m benchmarks.recall_quality --data FILE [--url URL --api-key KEY] [--rerank]

Every turn becomes one memory, as it was said; a question succeeds when the turns that answer it
stand high in what is recalled. No language model takes part.
"""

import argparse
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import conversations, scores, site, summary
from benchmarks.client import Client
from benchmarks.conversations import Conversation, Turn
from benchmarks.scores import Judged

STRATEGIES = ("default", "dense_only", "lexical_only")
TOP_K = 50
BATCH = 200
# Asked about something that was never said: nothing is right, so it is no part of the whole.
ADVERSARIAL = 5
CATEGORIES = {1: "1 multi-hop", 2: "2 temporal", 3: "3 open-domain", 4: "4 single-hop"}


@dataclass(slots=True)
class Result:
    """How one strategy did."""

    strategy: str
    judged: list[Judged] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    """Post the conversations, ask the questions, print the scores."""
    options = _options()
    told = conversations.read(options.data)
    strategies = [*(options.strategy or STRATEGIES), *(["reranked"] if options.rerank else [])]
    with site.chosen(options) as place, Client(place.url, place.api_key) as client:
        _declare_a_basis(client)
        # A store that is kept knows the people of the last run.
        run = secrets.token_hex(4)
        kept = {one.id: _post(client, one, user_id=f"{one.id}-{run}") for one in told}
        results = [_ask_all(client, told, kept, strategy, run=run) for strategy in strategies]
    summary.show(*_report(results))


def _declare_a_basis(client: Client) -> None:
    """People chat about their health and faith; here that is kept like anything else."""
    for kind in client.get("/api/v1/memory-types/").body["results"]:
        screening = {**kind["screening"], "special": "tag"}
        client.patch(f"/api/v1/memory-types/{kind['name']}/", {"screening": screening})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="conversations with questions")
    parser.add_argument("--strategy", action="append", help="by default all three without a model")
    parser.add_argument("--rerank", action="store_true", help="the strategy `reranked` too")
    site.add_arguments(parser)
    return parser.parse_args()


def _post(client: Client, conversation: Conversation, *, user_id: str) -> dict[str, str]:
    """Remember every turn; the memory's id for each turn's."""
    ids: dict[str, str] = {}
    for start in range(0, len(conversation.turns), BATCH):
        batch = conversation.turns[start : start + BATCH]
        answer = client.remember([_memory(turn, user_id=user_id) for turn in batch])
        results = answer.body["results"]
        ids.update((turn.id, one["id"]) for turn, one in zip(batch, results, strict=True))
    summary.tell(f"{conversation.id}: {len(ids)} turns in {len(set(ids.values()))} memories")
    return ids


def _memory(turn: Turn, *, user_id: str) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "run_id": turn.session,
        "type": "interaction",
        "text": turn.text,
        "speaker": turn.speaker,
        "occurred_at": turn.at.isoformat(),
    }


def _ask_all(
    client: Client,
    told: Sequence[Conversation],
    kept: Mapping[str, Mapping[str, str]],
    strategy: str,
    *,
    run: str,
) -> Result:
    result = Result(strategy)
    for conversation in told:
        ids = kept[conversation.id]
        for asked in conversation.questions:
            answer = client.recall(
                {
                    "query": asked.text,
                    "user_id": f"{conversation.id}-{run}",
                    "strategy": strategy,
                    "top_k": TOP_K,
                    "threshold": 0,
                }
            )
            found = [one["id"] for one in answer.body["results"]]
            # Turns of equal words share a memory.
            evidence = frozenset(ids[turn] for turn in asked.evidence)
            result.judged.append(scores.judge(asked.category, found, evidence))
            result.seconds.append(answer.seconds)
    summary.tell(f"{strategy}: {len(result.judged)} questions asked")
    return result


def _report(results: Sequence[Result]) -> list[str]:
    parts = ["## Evidence found, questions of categories 1 to 4", ""]
    parts.append(summary.table(("strategy", "questions", *scores.HEAD), map(_overall, results)))
    for result in results:
        parts += [f"### {result.strategy}, by category", "", _by_category(result)]
    parts += ["## Latency of a recall, one client", "", _latency(results)]
    return parts


def _overall(result: Result) -> list[object]:
    counted = [one for one in result.judged if one.category != ADVERSARIAL]
    return [result.strategy, len(counted), *scores.figures(counted)]


def _by_category(result: Result) -> str:
    names = {**CATEGORIES, ADVERSARIAL: f"{ADVERSARIAL} adversarial, apart"}
    rows = []
    for category, name in names.items():
        of_it = [one for one in result.judged if one.category == category]
        rows.append([name, len(of_it), *scores.figures(of_it)])
    return summary.table(("category", "questions", *scores.HEAD), rows)


def _latency(results: Sequence[Result]) -> str:
    rows = [
        [
            result.strategy,
            *(summary.milliseconds(summary.percentile(result.seconds, p)) for p in (0.5, 0.95)),
        ]
        for result in results
    ]
    return summary.table(("strategy", "p50, ms", "p95, ms"), rows)


if __name__ == "__main__":
    main()
