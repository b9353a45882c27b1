"""What is sent about golden cases; `rules/golden_cases` judges a whole case."""

from typing import Any

from rest_framework import serializers

from memories.api.bodies import MAX_ID, MAX_QUERY, Body, IdentityBody, SmallObject, Text
from memories.rules import golden_cases


class StatementBody(Body):
    """A statement of a fixture."""

    type = serializers.CharField(max_length=48)
    text = Text()
    slot = serializers.RegexField(r"^[a-z][a-z0-9_]*$", max_length=64, required=False)
    data = SmallObject(required=False)  # type: ignore[assignment]


def _conditions() -> serializers.ListField:
    words = serializers.CharField(max_length=golden_cases.MAX_CONDITION)
    return serializers.ListField(
        child=words,
        max_length=golden_cases.MAX_CONDITIONS,
        required=False,
        help_text="Each a memory's id, or words that one recalled memory's text must hold.",
    )


class CaseChanges(Body):
    """Fields of a golden case. `fixture` takes the place of a person and the other way round."""

    name = serializers.CharField(max_length=golden_cases.MAX_NAME, required=False)
    query = Text(at_most=MAX_QUERY, required=False)
    strategy = serializers.CharField(max_length=48, required=False, allow_blank=True)
    active = serializers.BooleanField(required=False)
    must = _conditions()
    must_not = _conditions()
    fixture = StatementBody(many=True, required=False)
    user_id = serializers.CharField(max_length=MAX_ID, required=False)
    identity = IdentityBody(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError for a person and a fixture in one, and for no field at all."""
        if not attrs:
            raise serializers.ValidationError({"name": ["Give at least one field to change."]})
        if len(attrs.keys() & {"user_id", "identity"}) + bool(attrs.get("fixture")) > 1:
            raise serializers.ValidationError(
                {"fixture": ["Give one of user_id, identity and fixture."]}
            )
        return attrs


class CaseBody(CaseChanges):
    """A new golden case."""

    name = serializers.CharField(max_length=golden_cases.MAX_NAME)
    query = Text(at_most=MAX_QUERY)


class TraceCaseBody(Body):
    """What must come when a recall is asked again; without `must`, what it gave."""

    name = serializers.CharField(max_length=golden_cases.MAX_NAME, required=False)
    must = _conditions()
    must_not = _conditions()


class RunsBody(Body):
    """How many runs."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=30)
