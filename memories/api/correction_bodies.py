"""What bots send to put a memory right, and what they get."""

from typing import Any

from rest_framework import serializers

from memories.api.bodies import Body, SmallObject, Text
from memories.correcting import Undone

MAX_REASON = 500


class CorrectionBody(Body):
    """What the person says instead."""

    text = Text(required=False, help_text="What is true. Left out: the old text with the new data.")
    data = SmallObject(  # type: ignore[assignment]
        required=False, help_text="Left out: its value is taken from the text where that tells it."
    )
    reason = serializers.CharField(
        max_length=MAX_REASON, required=False, allow_blank=True, help_text="In their words."
    )
    evidence = SmallObject(
        required=False, help_text='What shows that it is them, such as {"ticket": "4711"}.'
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError when nothing is said instead."""
        if not attrs.keys() & {"text", "data"}:
            raise serializers.ValidationError({"text": ["Give text, data or both."]})
        if attrs.get("data") == {} and "text" not in attrs:
            raise serializers.ValidationError({"data": ["Give a value, or the text."]})
        return attrs


class UndoneShape(serializers.Serializer[None]):
    """A merge that was taken back."""

    id = serializers.UUIDField()
    state = serializers.CharField(help_text="Of the memory that took the others' place.")
    restored = serializers.ListField(
        child=serializers.UUIDField(), help_text="The memories that are current again."
    )


def undone(one: Undone) -> dict[str, Any]:
    """The memory that was put away, and those that came back."""
    return {
        "id": str(one.memory.pk),
        "state": one.memory.state,
        "restored": [str(memory.pk) for memory in one.restored],
    }
