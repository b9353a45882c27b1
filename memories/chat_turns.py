"""One turn of a chat: what was asked, and how it is remembered once."""

import json
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

from django.db import transaction

from governance.errors import DomainError
from governance.subjects import IdentityRef
from memories import answers, ingestion, outcomes
from memories.answers import Answer, Asked
from memories.callers import Caller
from memories.drafts import Place
from memories.ingestion import Received
from memories.outcomes import Report
from memories.rules import chats, plain_text
from memories.rules.chats import Said

log = logging.getLogger("remembrancer.chat")
# The same conversation from the same key within this time is a retry or a wish for another answer:
# what the person said is remembered once.
RETRY_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Chat:
    """What a client asks, its body checked. Neither `recall` nor `remember`: a temporary chat.

    Agent and app narrow what is recalled, as everywhere; `place.run_id` says only where it is
    kept, or each new conversation would begin without a memory.
    """

    key_id: uuid.UUID
    body: Mapping[str, Any]
    refs: tuple[IdentityRef, ...] = ()
    place: Place = field(default_factory=Place)
    recall: bool = True
    remember: bool = True
    token_budget: int | None = None
    strategy: str = ""
    purpose: str = ""
    # The request under its Idempotency-Key, if it has one.
    asked: Asked | None = None


class Wake(Protocol):
    """Tells a worker of an episode in a namespace that may be extracted from `due` on."""

    def __call__(
        self, episode_id: uuid.UUID, namespace_id: uuid.UUID, *, due: datetime | None
    ) -> None:
        """Asks and does not wait."""


@dataclass(frozen=True, slots=True)
class After:
    """What the door lends for afterwards: the time, and how a worker is told of an episode."""

    clock: Callable[[], datetime]
    wake: Wake


class Turn:
    """What is known of a turn while it is answered. Raises KeyUsedForAnotherRequest when made."""

    def __init__(self, chat: Chat, caller: Caller, after: After) -> None:
        self.chat = chat
        self.caller = caller
        self.after = after
        self.trace_id: uuid.UUID | None = None
        self.episode_id: uuid.UUID | None = None
        self._begun = time.perf_counter()
        self._names = _names(chat, caller) if chat.remember else ()
        self._finished = not chat.remember or self._told_before()

    @property
    def memory(self) -> bool:
        """Whether anything is read or written for it."""
        return self.chat.recall or self.chat.remember

    def begin(self) -> None:
        """The upstream is asked from now on."""
        self._begun = time.perf_counter()

    def _told_before(self) -> bool:
        for asked in self._names:
            kept = answers.earlier(asked)
            if kept is not None:
                self.episode_id = uuid.UUID(kept.body["episode"])
                return True
        return False

    def remember(self, said: Said) -> None:
        """Receive what the user said and what was answered as an episode; the first time only."""
        if self._finished:
            return
        self._finished = True
        messages = self._messages(said)
        if not messages:
            return
        caller, now = self.caller, self.after.clock()
        given = Received(refs=self.chat.refs, place=self.chat.place, messages=messages)
        try:
            given = ingestion.screened(
                given, namespace=caller.namespace, actor=caller.actor, now=now
            )
            kept = answers.once(self._names[0], partial(self._receive, given, now), now=now)
        except DomainError as refused:
            # The person has the answer by now: it must not turn into an error.
            log.warning("a chat is not remembered", extra={"code": refused.code})
            return
        self.episode_id = uuid.UUID(kept.body["episode"])

    def _messages(self, said: Said) -> list[dict[str, Any]]:
        spoken_at = self.caller.now.isoformat()
        turns = chats.new_turns(self.chat.body["messages"])
        told = [*({**turn, "time": spoken_at} for turn in turns), *chats.answer_turn(said)]
        return [{**turn, "content": plain_text.plain(turn["content"])} for turn in told]

    def _receive(self, given: Received, now: datetime) -> Answer:
        episode = ingestion.receive(
            given,
            namespace=self.caller.namespace,
            actor=self.caller.actor,
            key_id=self.chat.key_id,
            now=now,
        )
        transaction.on_commit(
            partial(self.after.wake, episode.pk, episode.namespace_id, due=episode.next_attempt_at)
        )
        return Answer(HTTPStatus.ACCEPTED, {"episode": str(episode.pk)}, episode.subject_id)

    def report(self, said: Said) -> None:
        """Tell the trace what became of it: the answer's id, its tokens, how long it took."""
        if self.trace_id is None:
            return
        took = round((time.perf_counter() - self._begun) * 1000, 1)
        report = Report(answer_id=said.answer_id, tokens=said.tokens, latency_ms=took)
        caller = self.caller
        by = replace(caller, now=self.after.clock())
        try:
            screened = outcomes.prepare(self.trace_id, report, namespace=caller.namespace)
            outcomes.record(screened, by=by)
        except DomainError as refused:
            log.warning("a chat's outcome is not recorded", extra={"code": refused.code})


def _names(chat: Chat, caller: Caller) -> tuple[Asked, ...]:
    """Under which names this turn may have been remembered; a new one goes by the first."""
    if chat.asked is not None:
        return (chat.asked,)
    told = [[ref.channel, ref.external_id] for ref in chat.refs]
    place = [chat.place.agent_id, chat.place.app_id, chat.place.run_id]
    text = json.dumps([told, place, chat.body["messages"]], sort_keys=True)
    digest = answers.digest("CHAT", "", text.encode())
    window = int(caller.now.timestamp() // RETRY_SECONDS)
    return tuple(
        Asked(caller.namespace.pk, chat.key_id, f"chat-{digest}-{window - back}", digest)
        for back in (0, 1)
    )
