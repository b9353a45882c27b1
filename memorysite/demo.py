"""Posts the demo conversations as a bot would: through the public API, with a key."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from memorysite import children, demo_conversations

# Not through a proxy: the site is on this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_SECONDS_BETWEEN_TURNS = 40
_SECONDS_BETWEEN_LOOKS = 0.5
_REQUEST_SECONDS = 30.0
_FINAL = {"DONE", "FAILED"}


@dataclass(frozen=True)
class Site:
    """Where to post, and as whom."""

    url: str
    api_key: str

    def call(
        self, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """POST the body, or GET when there is none; the answer as it came."""
        request = urllib.request.Request(  # noqa: S310 - the URL is our own
            path if path.startswith("http") else self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.api_key}",
                "Content-Type": "application/json",
                **(headers or {}),
            },
        )
        try:
            with _opener.open(request, timeout=_REQUEST_SECONDS) as response:
                answer: dict[str, Any] = json.load(response)
        except urllib.error.HTTPError as refusal:
            said = refusal.read(500).decode(errors="replace")
            raise children.CannotRunError(
                f"{request.full_url} answered {refusal.code}: {said}"
            ) from None
        except OSError as problem:
            raise children.CannotRunError(f"{request.full_url} did not answer: {problem}") from None
        return answer


def answers(url: str) -> bool:
    """Whether a GET of this address is answered with 200."""
    try:
        with _opener.open(url, timeout=2.0) as response:
            return bool(response.status == 200)  # noqa: PLR2004
    except OSError:
        return False


def post_all(
    site: Site, *, today: date, heed: children.Heed, step: Callable[[], None]
) -> list[str]:
    """Post each session, oldest first; the addresses where their fate can be read.

    The keys make a second posting harmless, as long as `today` is the same.
    """
    status_urls = []
    for number, session in enumerate(demo_conversations.in_order(), start=1):
        heed()
        answer = site.call(
            "/api/v1/episodes/",
            body=_episode(session, today=today),
            headers={"Idempotency-Key": f"demo-{number}"},
        )
        status_urls.append(str(answer["status_url"]))
        step()
    return status_urls


def wait_until_done(
    site: Site,
    status_urls: list[str],
    *,
    seconds: float,
    heed: children.Heed,
    step: Callable[[], None],
) -> bool:
    """Wait until each episode has its end; whether all were remembered in time."""
    deadline = time.monotonic() + seconds
    failed = False
    for status_url in status_urls:
        while (status := site.call(status_url)["status"]) not in _FINAL:
            heed()
            if time.monotonic() > deadline:
                return False
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        failed = failed or status == "FAILED"
        step()
    return not failed


def watch_quality(site: Site) -> None:
    """A golden case for each question that the demo's people raise, and a first run of them."""
    if site.call("/api/v1/golden-cases/")["results"]:
        return
    for user_id, query, must, must_not in demo_conversations.GOLDEN:
        case = {"name": f"{query} ({user_id})", "user_id": user_id, "query": query}
        site.call("/api/v1/golden-cases/", body={**case, "must": [must], "must_not": [must_not]})
    site.call("/api/v1/quality/run/", body={})


def _episode(session: demo_conversations.Session, *, today: date) -> dict[str, object]:
    return {
        "user_id": session.user_id,
        "run_id": session.run_id,
        "agent_id": demo_conversations.ASSISTANT,
        "messages": list(_messages(session, today=today)),
    }


def _messages(session: demo_conversations.Session, *, today: date) -> Iterator[dict[str, str]]:
    begun = datetime.combine(
        today - timedelta(days=session.days_ago),
        clock_time.fromisoformat(session.starts),
        tzinfo=UTC,
    )
    for index, words in enumerate(session.turns):
        by_person = index % 2 == 0
        yield {
            "role": "user" if by_person else "assistant",
            "content": words,
            "name": session.name if by_person else demo_conversations.ASSISTANT,
            "time": (begun + timedelta(seconds=index * _SECONDS_BETWEEN_TURNS)).isoformat(),
        }
