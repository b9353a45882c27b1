"""Never-remember rules as bots send and get them."""

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from memories.api.bodies import MAX_ID, Body, IdentityBody
from memories.rules import never_remember

if TYPE_CHECKING:  # shapes only: a door reads no tables
    from memories.models import NeverRemember

MAX_VALUE = 200


class NeverBody(Body):
    """A rule: for a person by `user_id` or `identity`, or without either for everybody."""

    kind = serializers.ChoiceField(choices=never_remember.KINDS)
    value = serializers.CharField(max_length=MAX_VALUE)
    user_id = serializers.CharField(max_length=MAX_ID, required=False)
    identity = IdentityBody(required=False)


class NeverQuery(Body):
    """Whose rules: a person's by `user_id`, or by `channel` and `id`; without, everybody's."""

    user_id = serializers.CharField(max_length=MAX_ID, required=False)
    channel = serializers.CharField(max_length=64, required=False)
    id = serializers.CharField(max_length=MAX_ID, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError when half an identity is given."""
        if ("channel" in attrs) != ("id" in attrs):
            raise serializers.ValidationError({"channel": ["Give channel and id, or neither."]})
        return attrs


class NeverShape(serializers.Serializer[None]):
    """A rule, and how often it kept something out."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    value = serializers.CharField()
    subject_id = serializers.UUIDField(allow_null=True)
    hits = serializers.IntegerField()
    last_hit_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class NeverRules(serializers.Serializer[None]):
    """Rules, oldest first."""

    results = NeverShape(many=True)


class NeverRemoved(serializers.Serializer[None]):
    """A rule that is gone."""

    id = serializers.UUIDField()
    removed = serializers.BooleanField()


def shown(rule: "NeverRemember") -> dict[str, Any]:
    """A rule as an answer shows it."""
    return {
        "id": str(rule.pk),
        "kind": rule.kind,
        "value": rule.value,
        "subject_id": str(rule.subject_id) if rule.subject_id else None,
        "hits": rule.hits,
        "last_hit_at": rule.last_hit_at,
        "created_at": rule.created_at,
    }
