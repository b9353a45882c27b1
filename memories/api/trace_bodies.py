"""What bots tell of a recall: the answer that it fed, and how its memories served."""

import math
from typing import Any

from rest_framework import serializers

from memories.api.bodies import Body, Text
from memories.rules.feedback import VERDICTS

MAX_ANSWER = 32_000
MAX_MEMORIES = 1_000
MOST_TOKENS = 100_000_000
LONGEST_MS = 86_400_000


class TokensBody(Body):
    """What the answer cost."""

    prompt = serializers.IntegerField(min_value=0, max_value=MOST_TOKENS, required=False)
    completion = serializers.IntegerField(min_value=0, max_value=MOST_TOKENS, required=False)


class OutcomeBody(Body):
    """What the bot made of a recall. What is left out stays as it was told before."""

    answer = Text(at_most=MAX_ANSWER, required=False)
    answer_id = serializers.CharField(max_length=255, required=False)
    used = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=MAX_MEMORIES,
        required=False,
        help_text="Ids of the memories that the answer used.",
    )
    tokens = TokensBody(required=False)
    latency_ms = serializers.FloatField(min_value=0, max_value=LONGEST_MS, required=False)

    def validate_latency_ms(self, value: float) -> float:
        """Raises ValidationError: "NaN" passes the limits above."""
        if not math.isfinite(value):
            raise serializers.ValidationError("Write a number of milliseconds.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError when nothing is told."""
        if not attrs:
            known = ", ".join(self.fields)
            raise serializers.ValidationError({"answer": [f"Tell at least one of: {known}."]})
        return attrs


class JudgedBody(Body):
    """How one memory served."""

    id = serializers.UUIDField()
    verdict = serializers.ChoiceField(choices=VERDICTS)


class FeedbackBody(Body):
    """A verdict on each memory by itself, or one on all that the trace gave."""

    memories = JudgedBody(many=True, allow_empty=False, required=False)
    verdict = serializers.ChoiceField(choices=VERDICTS, required=False)

    def validate_memories(self, judged: list[Any]) -> list[Any]:
        """Raises ValidationError when a memory is judged twice at once, or too many are."""
        if len(judged) > MAX_MEMORIES:
            raise serializers.ValidationError(f"Judge at most {MAX_MEMORIES} memories at once.")
        seen = set()
        for one in judged:
            if one["id"] in seen:
                raise serializers.ValidationError(f"{one['id']} is judged twice; send it once.")
            seen.add(one["id"])
        return judged

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError unless exactly one form is used."""
        if len(attrs) != 1:
            raise serializers.ValidationError(
                {"memories": ["Give memories, each with its verdict, or one verdict for all."]}
            )
        return attrs
