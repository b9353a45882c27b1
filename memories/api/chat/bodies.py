"""What a chat client sends: OpenAI's body, checked where it is read, and our own member."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from governance.errors import FieldError, InvalidInput
from governance.subjects import DEFAULT_CHANNEL, IdentityRef
from memories.answers import Asked
from memories.api import bodies
from memories.api.authentication import opened
from memories.chat_turns import Chat
from memories.drafts import Place

TEMPORARY = "X-Remembrancer-Temporary"
YES, NO = ("true", "1"), ("false", "0", "")
LARGEST_BUDGET = 100_000


class WishesBody(bodies.Body):
    """The member `remembrancer`; the `openai` package sends it from `extra_body`."""

    temporary = serializers.BooleanField(
        default=False, help_text="Neither read nor write: nothing of this chat is kept."
    )
    recall = serializers.BooleanField(default=True, help_text="Tell the model what is known.")
    remember = serializers.BooleanField(default=True, help_text="Remember what is said.")
    agent_id = serializers.CharField(max_length=bodies.MAX_ID, required=False)
    app_id = serializers.CharField(max_length=bodies.MAX_ID, required=False)
    run_id = serializers.CharField(
        max_length=bodies.MAX_ID,
        required=False,
        help_text="The conversation that is remembered; what is recalled comes from all of them.",
    )
    token_budget = serializers.IntegerField(
        min_value=1, max_value=LARGEST_BUDGET, required=False, help_text="For what is known."
    )
    strategy = serializers.CharField(max_length=48, required=False)
    purpose = serializers.CharField(max_length=48, required=False)


class ChatMessageBody(serializers.Serializer[Any]):
    """A message; whatever else it holds, such as its content, is passed on."""

    role = serializers.CharField(max_length=64)

    def to_internal_value(self, data: Any) -> Any:
        """The message as it came. Raises ValidationError."""
        super().to_internal_value(data)
        return data


class ChatBody(serializers.Serializer[Any]):
    """The members that are read here; all others are passed on unseen."""

    messages = ChatMessageBody(many=True, allow_empty=False)
    model = serializers.CharField(max_length=256, required=False, allow_null=True)
    user = serializers.CharField(max_length=bodies.MAX_ID, required=False, allow_null=True)
    stream = serializers.BooleanField(required=False, allow_null=True)
    remembrancer = WishesBody(required=False, allow_null=True)


def read(request: Request, asked: Asked | None) -> Chat:
    """What is asked for. Raises ValidationError, and InvalidInput naming `user` or the header."""
    given: Any = request.data
    key_id = opened(request).key_id
    body = ChatBody(data=given)
    body.is_valid(raise_exception=True)
    if not isinstance(given.get("stream"), bool | None):  # a form's "yes" is no JSON
        told = FieldError("stream", "Send true or false.")
        raise InvalidInput("The answer's form is unclear.", fields=[told])
    checked = body.validated_data
    wishes = checked.get("remembrancer") or {}
    temporary = _temporary(request) or wishes.get("temporary", False)
    recall, remember = (wishes.get(name, True) for name in ("recall", "remember"))
    if temporary or not (recall or remember):
        return Chat(key_id, given, recall=False, remember=False)
    return Chat(
        key_id,
        given,
        refs=_refs(checked.get("user"), wishes),
        place=Place(*(wishes.get(name, "") for name in ("agent_id", "app_id", "run_id"))),
        recall=recall,
        remember=remember,
        token_budget=wishes.get("token_budget"),
        strategy=wishes.get("strategy", ""),
        purpose=wishes.get("purpose", ""),
        asked=asked,
    )


def _temporary(request: Request) -> bool:
    written = request.headers.get(TEMPORARY, "").strip().lower()
    if written not in YES + NO:
        # Taken for "no", a wish to leave no trace would leave one.
        told = FieldError(TEMPORARY, "Send true or false.")
        raise InvalidInput(f"{TEMPORARY} cannot be read.", fields=[told])
    return written in YES


def _refs(user: str | None, wishes: Mapping[str, Any]) -> tuple[IdentityRef, ...]:
    if user:
        return (IdentityRef(DEFAULT_CHANNEL, user),)
    if not wishes.get("agent_id"):
        told = FieldError(
            "user",
            "Say whose memory this is: `user` for a person, `remembrancer.agent_id` for an agent,"
            " or `remembrancer.temporary` for a chat without memory.",
        )
        raise InvalidInput("Nobody is named.", fields=[told])
    return ()
