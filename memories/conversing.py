"""The whole loop: compose what is known, ask the upstream model, remember afterwards.

While the upstream works no transaction is open and no database connection is held.
"""

import json
import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.conf import settings as site
from django.db import Error, close_old_connections, connection
from psycopg_pool import PoolTimeout

from governance import access, request_context
from governance.errors import DomainError, FieldError, InvalidInput, SubjectNotAccepting
from governance.models import Namespace
from governance.rules import namespace_settings
from memories import context, owners, screening
from memories.callers import Caller
from memories.chat_turns import After, Chat, Turn
from memories.gathering import PINNED, RECALLED, Wanted
from memories.providers import upstream
from memories.providers.upstream import Coming, Whole
from memories.questions import Ask
from memories.rules import chats
from memories.rules.chats import Assembly

log = logging.getLogger("remembrancer.chat")
MAX_QUERY = 4_000


@dataclass(frozen=True, slots=True)
class Answered:
    """The upstream's answer as it came, and what was read and written for it."""

    answer: Whole
    memory: bool
    trace_id: uuid.UUID | None
    episode_id: uuid.UUID | None


class Answering:
    """An answer that is passed on while it comes. It must be closed, whether it was read or not.

    Its end is passed on after what was said is committed. A client that goes away ends the
    upstream's work; what was said until then is remembered.
    """

    def __init__(self, coming: Coming, turn: Turn) -> None:
        self.status = coming.status
        self.headers = coming.headers
        self.memory = turn.memory
        self.trace_id = turn.trace_id
        self._coming = coming
        self._turn = turn
        self._assembly = Assembly()
        self._request_id = request_context.current_request_id()
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        """Each piece as it comes; one more that tells of it when the upstream breaks off."""
        try:
            for piece in self._coming:
                self._assembly.feed(piece)
                if self._assembly.done:
                    self._remember()
                yield piece
        except DomainError as broken:
            # Half an event cannot be taken back: then the connection is cut, as the upstream's was.
            if not self._assembly.between_events:
                raise
            if not self._assembly.done:
                yield chats.error_event(str(broken), code=broken.code)
        self._remember()

    def close(self) -> None:
        """End the upstream's work, remember what was said, and tell the trace."""
        if self._closed:
            return
        self._closed = True
        self._coming.close()
        try:
            self._remember()
            with request_context.request(self._request_id):
                self._turn.report(self._assembly.said)
        except (Error, PoolTimeout) as error:
            # Nobody is left to be told, and Django drops what a closer raises.
            log.error("the end of a chat is not recorded", extra={"error": type(error).__name__})

    def _remember(self) -> None:
        # The request's own context ended with the head of the answer.
        with request_context.request(self._request_id):
            self._turn.remember(self._assembly.said)


def converse(chat: Chat, *, caller: Caller, after: After) -> Answered | Answering:
    """Answer a chat with what is known; remember what was said once an answer has begun.

    Of a subject of whom nothing may be known now, nothing is read and nothing written, and the
    chat goes on without. An upstream's error is an answer, and nothing is remembered. Raises
    InvalidInput, KeyUsedForAnotherRequest, and what `upstream.complete` raises.
    """
    upstream.refuse_unless_configured()
    turn = Turn(_opened(chat, caller), caller, after)
    sent = _sent(turn)
    _give_back_connection()
    turn.begin()
    found = upstream.complete(sent)
    if isinstance(found, Coming):
        return Answering(found, turn)
    if found.is_answer:
        said = chats.said(_parsed(found.body))
        turn.remember(said)
        turn.report(said)
    return Answered(found, turn.memory, turn.trace_id, turn.episode_id)


def models(namespace: Namespace) -> Whole:
    """The models that may be asked for: the namespace's one, or the upstream's list as it comes."""
    own = namespace_settings.read(namespace.settings).chat_model
    if own:
        told = json.dumps(chats.one_model(own)).encode()
        return Whole(HTTPStatus.OK, {"content-type": "application/json"}, told)
    _give_back_connection()
    return upstream.models()


def _give_back_connection() -> None:
    """To the pool: a chat may wait for minutes, and others need it meanwhile."""
    # A test's transaction must stay; no other is around a chat.
    if not connection.in_atomic_block:
        close_old_connections()


def _opened(chat: Chat, caller: Caller) -> Chat:
    """The chat, without memory if nothing may be known of the subject now."""
    if not chat.recall and not chat.remember:
        return chat
    try:
        with access.scope(caller.namespace.pk):
            owners.known(chat.refs, chat.place.agent_id, namespace_id=caller.namespace.pk)
    except SubjectNotAccepting:
        return replace(chat, recall=False, remember=False)
    return chat


def _sent(turn: Turn) -> bytes:
    """What goes upstream. Raises InvalidInput."""
    body = turn.chat.body
    model = _model(turn.chat, turn.caller.namespace)
    messages = chats.with_block(body["messages"], _known(turn))
    try:
        sent = chats.outgoing(body, model=model, messages=messages, omits=site.CHAT_OMITS)
        return json.dumps(sent, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        raise InvalidInput("The body holds a number that JSON cannot hold.") from None


def _model(chat: Chat, namespace: Namespace) -> str:
    own = namespace_settings.read(namespace.settings).chat_model
    named = own or chat.body.get("model") or site.CHAT_MODEL
    if not named:
        told = FieldError("model", "Name a model; this site has no default (CHAT_MODEL).")
        raise InvalidInput("No model is named.", fields=[told])
    return str(named)


def _known(turn: Turn) -> str:
    """What is known of the subject that matters for the last message; leaves a trace."""
    chat, caller = turn.chat, turn.caller
    # The trace keeps it, so without secrets.
    query = screening.clean_query(chats.last_words(chat.body["messages"], at_most=MAX_QUERY))
    if not chat.recall:
        return ""
    ask = Ask(
        query=query,
        refs=chat.refs,
        agent_id=chat.place.agent_id,
        app_id=chat.place.app_id,
        strategy=chat.strategy,
    )
    wanted = Wanted(
        ask=ask,
        token_budget=chat.token_budget,
        purpose=chat.purpose,
        # The last turns are in the client's messages already.
        include=frozenset({PINNED, RECALLED}),
        kind="chat",
    )
    thinking = context.think(wanted, namespace=caller.namespace)
    composed = context.compose(wanted, thinking, caller=caller)
    turn.trace_id = composed.trace_id
    return composed.text


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
