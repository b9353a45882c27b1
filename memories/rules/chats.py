"""OpenAI's chat protocol, read and written: what is new in a request, what was said in an answer.

Everything a client or an upstream model sent may be anything: what does not fit is passed over.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

# Of a longer message, such as a pasted document, beginning and end are remembered: people write
# what they want of it before or after it.
MAX_REMEMBERED = 8_000
MAX_TURNS = 100
MAX_NAME = 200
# An answer that never ends must not fill the memory; the client still gets all of it.
MAX_COLLECTED = 100_000

LEADING = ("system", "developer")
# Members of a request that are for us alone. `user` names a person: the upstream has no need to
# know, and an id that outlives an erasure elsewhere could not be taken back.
OURS = ("remembrancer", "user")


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says: the text of its first choice, its id, its tokens where it tells them."""

    text: str = ""
    answer_id: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    @property
    def tokens(self) -> dict[str, int] | None:
        """As a trace keeps them; None when the upstream does not tell."""
        if self.prompt_tokens is None or self.completion_tokens is None:
            return None
        return {"prompt": self.prompt_tokens, "completion": self.completion_tokens}


def text_of(message: Mapping[str, Any]) -> str:
    """The words of a message: its content, or the text parts of it; images and sounds have none."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") for part in content if isinstance(part, dict))
    return "\n".join(text for text in texts if isinstance(text, str))


def last_words(messages: Sequence[Mapping[str, Any]], *, at_most: int) -> str:
    """The text of the last user message that has one, its beginning and end if it is long."""
    spoken = (text_of(message) for message in reversed(messages) if message.get("role") == "user")
    return bounded(next((text for text in spoken if text.strip()), ""), at_most=at_most)


def new_turns(messages: Sequence[Mapping[str, Any]]) -> list[Json]:
    """What the user has said since the last answer: role, content and the name if one is given.

    A client sends the whole conversation each time; what stands before the last answer came with an
    earlier request. Assistant messages at the very end are no answer but the beginning of the one
    that is asked for. Tools' results are not the user's words.
    """
    end = len(messages)
    while end and messages[end - 1].get("role") == "assistant":
        end -= 1
    begin = end
    while begin and messages[begin - 1].get("role") != "assistant":
        begin -= 1
    spoken = [one for one in messages[begin:end] if one.get("role") == "user"]
    return [_turn(one) for one in spoken if text_of(one).strip()][-MAX_TURNS:]


def _turn(message: Mapping[str, Any]) -> Json:
    turn = {"role": "user", "content": bounded(text_of(message), at_most=MAX_REMEMBERED)}
    name = message.get("name")
    return {**turn, "name": name[:MAX_NAME]} if isinstance(name, str) and name else turn


def answer_turn(said: Said) -> list[Json]:
    """What was answered as a turn to remember; none when nothing was said, as by a tool call."""
    if not said.text.strip():
        return []
    return [{"role": "assistant", "content": bounded(said.text, at_most=MAX_REMEMBERED)}]


def bounded(text: str, *, at_most: int) -> str:
    """The text, or its beginning and end with a line of dots between them; at_most > 10."""
    if len(text) <= at_most:
        return text
    between = "\n…\n"
    tail = (at_most - len(between)) // 2
    return text[: at_most - len(between) - tail] + between + text[len(text) - tail :]


def with_block(messages: Sequence[Mapping[str, Any]], block: str) -> list[Mapping[str, Any]]:
    """The messages with what is known in a message of its own, after the caller's instructions.

    The caller's come first, so that they weigh more and an upstream's prompt cache still fits. The
    role is theirs: a model that takes `developer` messages takes no `system` beside them.
    """
    if not block:
        return list(messages)
    at = 0
    while at < len(messages) and messages[at].get("role") in LEADING:
        at += 1
    role = messages[at - 1]["role"] if at else "system"
    return [*messages[:at], {"role": role, "content": block}, *messages[at:]]


def outgoing(
    body: Mapping[str, Any],
    *,
    model: str,
    messages: Sequence[Mapping[str, Any]],
    omits: Sequence[str] = (),
) -> Json:
    """The request as it goes upstream: everything the client sent but what is for us alone, and
    but the members in `omits`, which the upstream would refuse.

    `store` is off unless the client asks for it: what people say is kept here, under their rules.
    """
    sent = {"store": False, **body, "model": model, "messages": list(messages)}
    return {name: value for name, value in sent.items() if name not in (*OURS, *omits)}


def said(completion: Any) -> Said:
    """What a whole answer says."""
    if not isinstance(completion, dict):
        return Said()
    message = _first_choice(completion).get("message")
    text = text_of(message) if isinstance(message, dict) else ""
    prompt, answered = _tokens(completion)
    return Said(storable(text)[:MAX_COLLECTED], _id(completion), prompt, answered)


def storable(text: str) -> str:
    """The text as PostgreSQL can keep it: without U+0000, halves of surrogate pairs joined.

    A model may stream the halves of one sign in two pieces; a half that stays alone becomes U+FFFD.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\x00", "")


def error_event(message: str, *, code: str) -> bytes:
    """An error in the middle of a stream, as OpenAI's clients read it."""
    error = {"message": message, "type": "server_error", "param": None, "code": code}
    return b"data: " + json.dumps({"error": error}).encode() + b"\n\n"


def one_model(name: str) -> Json:
    """The answer to `GET /models` that lists one."""
    model = {"id": name, "object": "model", "created": 0, "owned_by": "remembrancer"}
    return {"object": "list", "data": [model]}


class Assembly:
    """Puts a streamed answer together from its bytes, in whatever pieces they come.

    Server-sent events: lines end in LF, CR or CRLF; an event's `data` lines are joined; an empty
    line ends it; comments and other fields are passed over.
    """

    def __init__(self) -> None:
        self.done = False
        self._rest = b""
        self._after_cr = False
        self._data: list[bytes] = []
        self._texts: list[str] = []
        self._length = 0
        self._answer_id = ""
        self._tokens: tuple[int | None, int | None] = (None, None)

    @property
    def said(self) -> Said:
        """What has been said so far."""
        return Said(storable("".join(self._texts))[:MAX_COLLECTED], self._answer_id, *self._tokens)

    @property
    def between_events(self) -> bool:
        """Whether nothing of an event is waiting for the rest of it."""
        return not self._rest and not self._data

    def feed(self, chunk: bytes) -> None:
        """Take the next piece."""
        if not chunk:
            return
        if self._after_cr:
            # The first half of a CRLF ended its line already.
            chunk = chunk.removeprefix(b"\n")
        lines = _lines(self._rest + chunk)
        self._after_cr = chunk.endswith(b"\r")
        self._rest = lines.pop()
        for line in lines:
            self._line(line)

    def _line(self, line: bytes) -> None:
        if line:
            field, _, value = line.partition(b":")
            if field == b"data":
                self._data.append(value.removeprefix(b" "))
        elif self._data:
            data, self._data = b"\n".join(self._data), []
            self._event(data)

    def _event(self, data: bytes) -> None:
        if data.strip() == b"[DONE]":
            self.done = True
            return
        try:
            event = json.loads(data)
        except (ValueError, RecursionError):
            return
        if isinstance(event, dict):
            self._collect(event)

    def _collect(self, event: Json) -> None:
        self._answer_id = self._answer_id or _id(event)
        self._tokens = _tokens(event, otherwise=self._tokens)
        delta = _first_choice(event).get("delta")
        text = text_of(delta) if isinstance(delta, dict) else ""
        if text and self._length < MAX_COLLECTED:
            self._texts.append(text)
            self._length += len(text)


def _lines(data: bytes) -> list[bytes]:
    """The lines, the last one without its end: b"" when the data ends with a line's end."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")


def _first_choice(found: Json) -> Json:
    choices = found.get("choices")
    every: Iterable[Any] = choices if isinstance(choices, list) else ()
    own = (one for one in every if isinstance(one, dict) and one.get("index", 0) == 0)
    return next(own, {})


def _id(found: Json) -> str:
    name = found.get("id")
    return storable(name)[:255] if isinstance(name, str) else ""


def _tokens(
    found: Json, otherwise: tuple[int | None, int | None] = (None, None)
) -> tuple[int | None, int | None]:
    usage = found.get("usage")
    if not isinstance(usage, dict):
        return otherwise
    return _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))


def _count(value: Any) -> int | None:
    plausible = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
    return value if plausible else None
