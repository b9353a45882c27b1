"""What a bot sends for a context."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from memories.api import bodies
from memories.api.asking import asked
from memories.gathering import HISTORY, PARTS, RECALLED, Wanted
from memories.rules import chats, statements
from memories.rules.composition import Turn

SMALLEST_BUDGET, LARGEST_BUDGET = 50, 128_000
MOST_TURNS = 100
MAX_MESSAGE = 32_000
BLOCK, MESSAGES = "block", "messages"


class HistoryBody(bodies.Body):
    """The conversation so far: its messages, or the last turns of the body's run."""

    messages = bodies.MessageBody(many=True, required=False)
    from_run = serializers.BooleanField(
        default=False, help_text="Take the turns from the episodes of `run_id`."
    )
    last = serializers.IntegerField(
        min_value=1, max_value=MOST_TURNS, required=False, help_text="At most so many, the newest."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError unless the turns come from one place."""
        if ("messages" in attrs) == attrs["from_run"]:
            raise serializers.ValidationError(
                {"messages": ["Give messages, or from_run: true, one of them."]}
            )
        return attrs

    def validate_messages(self, messages: list[Any]) -> list[Any]:
        """Raises ValidationError."""
        if len(messages) > bodies.MAX_MESSAGES:
            raise serializers.ValidationError(f"Send the last {bodies.MAX_MESSAGES} at most.")
        return messages


class ContextBody(bodies.ScopedQuestion):
    """What a context is wanted for. `types` and `filters` narrow what is recalled; pinned types
    are always there. `run_id` names the conversation for `history.from_run`, and narrows nothing:
    to keep to one run, filter by it."""

    message = bodies.Text(
        at_most=MAX_MESSAGE,
        required=False,
        help_text="What the person says now; memories are recalled for it.",
    )
    token_budget = serializers.IntegerField(
        min_value=SMALLEST_BUDGET,
        max_value=LARGEST_BUDGET,
        required=False,
        help_text=(
            "The most tokens of the block with its headings and turns (1000 if not given); as"
            " messages, 4 more for each. The person's message does not count."
        ),
    )
    history = HistoryBody(required=False)
    include = serializers.ListField(
        child=serializers.ChoiceField(choices=PARTS),
        allow_empty=False,
        required=False,
        help_text="pinned, recalled, history; all if not given.",
    )
    top_k = serializers.IntegerField(min_value=1, max_value=200, required=False)
    threshold = serializers.FloatField(min_value=0, max_value=1, required=False)
    as_of = bodies.Moment(required=False)
    strategy = serializers.CharField(max_length=48, required=False)
    include_faded = serializers.BooleanField(default=False)
    purpose = serializers.RegexField(
        r"^[a-z0-9_-]+$",
        max_length=48,
        required=False,
        help_text="What the answer is for; sensitive memories need one that the namespace allows.",
    )
    format = serializers.ChoiceField(
        choices=(BLOCK, MESSAGES),
        default=BLOCK,
        help_text="A block for a system prompt, or chat messages ready to send.",
    )
    explain = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError for a recall without a message, and for turns of no run."""
        included = attrs.get("include", PARTS)
        if RECALLED in included and "message" not in attrs:
            raise serializers.ValidationError(
                {"message": ["Send what the person says, or include pinned or history alone."]}
            )
        from_run = attrs.get("history", {}).get("from_run", False)
        if HISTORY in included and from_run and "run_id" not in attrs:
            raise serializers.ValidationError({"run_id": ["Name the run that the turns are of."]})
        return super().validate(attrs)


def wanted(body: Mapping[str, Any]) -> Wanted:
    """What a body wants. Raises InvalidInput for filters that cannot be read."""
    message, history = body.get("message", ""), body.get("history", {})
    return Wanted(
        ask=asked(body, query=chats.bounded(message, at_most=bodies.MAX_QUERY)),
        token_budget=body.get("token_budget"),
        history=[_turn(one) for one in history.get("messages", ())],
        last_turns=history.get("last"),
        from_run=history.get("from_run", False),
        purpose=body.get("purpose", ""),
        include=frozenset(body.get("include", PARTS)),
        as_messages=body["format"] == MESSAGES,
        message=message,
    )


def _turn(message: Mapping[str, Any]) -> Turn:
    date = statements.spoken_date(message.get("time"))
    return Turn(message["role"], message["content"], message.get("name", ""), date)
