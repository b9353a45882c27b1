"""What bots send: shapes, limits, and a sentence for each field that does not fit."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, cast

import numpy as np
from rest_framework import serializers
from rest_framework.request import Request

from governance.errors import TooLarge
from governance.rules import sensitivity
from governance.subjects import DEFAULT_CHANNEL, IdentityRef
from memories import golden
from memories.providers.embeddings import Vectors
from memories.rules import plain_text

MAX_TEXT = 8_000
MAX_QUERY = 4_000
MAX_MESSAGES = 500
MAX_MEMORIES = 1_000
MAX_ID = 512
MAX_SMALL_JSON = 16_000
MAX_DIMENSIONS = 8_192
ROLES = ("user", "assistant", "system", "tool")


def too_large(remedy: str) -> serializers.ValidationError:
    """What is wrong with a field that holds too much; answered as 413 with the field's path."""
    return serializers.ValidationError(remedy, code=TooLarge.code)


class Body(serializers.Serializer[Any]):
    """A JSON object; a field it does not know is refused, not ignored."""

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError naming unknown fields before anything else."""
        if isinstance(data, Mapping):
            unknown = set(data) - set(self.fields)
            if unknown:
                known = ", ".join(sorted(self.fields)) or "no field; send {}"
                raise serializers.ValidationError(
                    {name: [f"Unknown field. Use: {known}."] for name in sorted(unknown)}
                )
        return super().to_internal_value(data)


class NothingBody(Body):
    """No fields: the address says it all."""


class Text(serializers.CharField):
    """A text with an upper limit that answers 413, not 400."""

    def __init__(self, *, at_most: int = MAX_TEXT, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)
        self.at_most = at_most

    def to_internal_value(self, data: Any) -> str:
        """Raises ValidationError, told as 413 when the text is too long."""
        text = plain_text.plain(super().to_internal_value(data))
        if len(text) > self.at_most:
            raise too_large(f"It holds {len(text)} characters; {self.at_most} fit.")
        if not self.allow_blank and not text.strip():
            self.fail("blank")
        return text


class SmallObject(serializers.JSONField):
    """A JSON object of limited size."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Raises ValidationError, told as 413 when the object is too large."""
        value = super().to_internal_value(data)
        if not isinstance(value, dict):
            raise serializers.ValidationError("Write a JSON object.")
        if len(str(value)) > MAX_SMALL_JSON:
            raise too_large(f"It holds more than the {MAX_SMALL_JSON} characters that fit.")
        return cast(dict[str, Any], plain_text.plain_json(value))


class VectorField(serializers.Field[Any, Any, Any, Any]):
    """A list of finite numbers, as one array: a thousand vectors are checked in one breath."""

    def to_internal_value(self, data: Any) -> Vectors:
        """Raises ValidationError."""
        # Not true and false, which are numbers to Python.
        numbers = isinstance(data, list) and {type(one) for one in data} <= {int, float}
        if not numbers or not 0 < len(data) <= MAX_DIMENSIONS:
            raise serializers.ValidationError("Give a list of finite numbers.")
        try:
            row = np.array(data, np.float64)
        except OverflowError:
            raise serializers.ValidationError("Give a list of finite numbers.") from None
        if not (np.abs(row) < np.finfo(np.float32).max).all():
            raise serializers.ValidationError("Give a list of finite numbers.")
        return row.astype(np.float32)

    def to_representation(self, value: Vectors) -> list[float]:
        """The numbers."""
        return list(value)


class Moment(serializers.DateTimeField):
    """ISO 8601; without an offset it is UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class IdentityBody(Body):
    """An id on a channel."""

    channel = serializers.CharField(max_length=64)
    id = serializers.CharField(max_length=MAX_ID)

    def validate_channel(self, channel: str) -> str:
        """Raises ValidationError for the channel of golden cases: what is kept there is nobody's,
        and whoever could link it or add to it would change what they measure."""
        if channel == golden.CHANNEL:
            raise serializers.ValidationError("This channel is kept for golden cases.")
        return channel


class OwnerBody(Body):
    """Whose: a person by `user_id` or `identity`, or an agent by `agent_id` alone."""

    user_id = serializers.CharField(max_length=MAX_ID, required=False)
    identity = IdentityBody(required=False)
    agent_id = serializers.CharField(max_length=MAX_ID, required=False)
    app_id = serializers.CharField(max_length=MAX_ID, required=False)
    run_id = serializers.CharField(max_length=MAX_ID, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError when nobody is named."""
        if not attrs.keys() & {"user_id", "identity", "agent_id"}:
            raise serializers.ValidationError(
                {"user_id": ["Say whose: user_id or identity for a person, agent_id for an agent."]}
            )
        return attrs


class MessageBody(Body):
    """One turn of a conversation."""

    role = serializers.ChoiceField(choices=ROLES)
    content = Text()
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    time = Moment(required=False)


class EpisodeBody(OwnerBody):
    """A conversation, or the new part of one."""

    messages = MessageBody(many=True, allow_empty=False)
    metadata = SmallObject(required=False)

    def validate_messages(self, messages: list[Any]) -> list[Any]:
        """Raises ValidationError, told as 413."""
        if len(messages) > MAX_MESSAGES:
            raise too_large(f"{len(messages)} messages; {MAX_MESSAGES} fit in one episode.")
        return messages


class MemoryBody(OwnerBody):
    """A statement to keep as it stands."""

    text = Text(required=False)
    data = SmallObject(required=False)  # type: ignore[assignment]
    type = serializers.CharField(max_length=48, default="interaction")
    slot = serializers.RegexField(r"^[a-z][a-z0-9_]*$", max_length=64, required=False)
    role = serializers.ChoiceField(
        choices=("user", "assistant", "tool", "document"), default="user"
    )
    speaker = serializers.CharField(max_length=200, required=False)
    metadata = SmallObject(required=False)
    categories = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=50, required=False
    )
    importance = serializers.FloatField(min_value=0, max_value=1, required=False)
    confidence = serializers.FloatField(min_value=0, max_value=1, required=False)
    sensitivity = serializers.ChoiceField(choices=sensitivity.ORDER, required=False)
    occurred_at = Moment(required=False)
    valid_from = Moment(required=False)
    expires_at = Moment(required=False)
    vector = VectorField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError when there is neither text nor data."""
        if not attrs.keys() & {"text", "data"}:
            raise serializers.ValidationError({"text": ["Give text, data or both."]})
        return super().validate(attrs)


class MemoriesBody(Body):
    """Up to a thousand statements at once."""

    memories = MemoryBody(many=True, allow_empty=False)


class ScopedQuestion(OwnerBody):
    """What narrows a recall or a list."""

    types = serializers.ListField(
        child=serializers.CharField(max_length=48), max_length=50, required=False
    )
    filters = serializers.JSONField(required=False)


class RecallBody(ScopedQuestion):
    """A question to the memory."""

    query = Text(at_most=MAX_QUERY)
    top_k = serializers.IntegerField(min_value=1, max_value=200, required=False)
    threshold = serializers.FloatField(min_value=0, max_value=1, required=False)
    as_of = Moment(required=False)
    strategy = serializers.CharField(max_length=48, required=False)
    include_faded = serializers.BooleanField(default=False)
    explain = serializers.BooleanField(default=False)


class ListBody(ScopedQuestion):
    """A page of memories."""

    states = serializers.ListField(
        child=serializers.ChoiceField(
            choices=["ACTIVE", "SUPERSEDED", "ARCHIVED", "EXPIRED", "QUARANTINED", "RETRACTED"]
        ),
        required=False,
    )
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)
    cursor = serializers.CharField(max_length=64, required=False)


class PatchBody(Body):
    """Changes of one memory."""

    text = Text(required=False)
    data = SmallObject(required=False)  # type: ignore[assignment]
    metadata = SmallObject(required=False)
    categories = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=50, required=False
    )
    importance = serializers.FloatField(min_value=0, max_value=1, required=False)
    confidence = serializers.FloatField(min_value=0, max_value=1, required=False)
    occurred_at = Moment(required=False, allow_null=True)
    expires_at = Moment(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError when nothing is to be changed."""
        if not attrs:
            raise serializers.ValidationError({"text": ["Give at least one field to change."]})
        return attrs


class ResolveBody(Body):
    """Who is known by this?"""

    user_id = serializers.CharField(max_length=MAX_ID, required=False)
    identity = IdentityBody(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError unless exactly one is given."""
        if len(attrs) != 1:
            raise serializers.ValidationError({"identity": ["Give user_id or identity, one."]})
        return attrs


class LinkBody(ResolveBody):
    """Let an identity lead to the person known by another."""

    to = ResolveBody()
    evidence = SmallObject()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raises ValidationError when no evidence is given."""
        if not attrs["evidence"]:
            raise serializers.ValidationError(
                {"evidence": ['Say why, such as {"kind": "sign_in", "ref": "…"}.']}
            )
        super().validate({key: attrs[key] for key in attrs if key in ("user_id", "identity")})
        return attrs


def read(body: type[Body], request: Request) -> dict[str, Any]:
    """The request's body, checked. Raises ValidationError."""
    serializer = body(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def refs(body: Mapping[str, Any]) -> tuple[IdentityRef, ...]:
    """The identities that a body names."""
    found = []
    if "user_id" in body:
        found.append(IdentityRef(DEFAULT_CHANNEL, body["user_id"]))
    if "identity" in body:
        found.append(IdentityRef(body["identity"]["channel"], body["identity"]["id"]))
    return tuple(found)
