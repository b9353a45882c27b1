"""The shape of a context; `context_presenting` makes it."""

from rest_framework import serializers

from memories.api.shapes import StrategyName


class ContextLineShape(serializers.Serializer[None]):
    """A memory as it stands in the block."""

    reference = serializers.CharField(help_text="As the block names it, such as m1.")
    id = serializers.UUIDField()
    memory = serializers.CharField()
    date = serializers.CharField(help_text="As it is spoken, such as 8 May 2023.")
    quoted_from = serializers.CharField(
        allow_null=True, help_text="Whose words they are, when less trusted than the person's."
    )
    score = serializers.FloatField(
        min_value=0, max_value=1, allow_null=True, help_text="Null: pinned, not searched for."
    )
    parts = serializers.DictField(
        child=serializers.FloatField(), required=False, help_text="With explain."
    )


class ContextSectionShape(serializers.Serializer[None]):
    """A section of the block."""

    name = serializers.CharField(help_text="The memory type.")
    title = serializers.CharField()
    pinned = serializers.BooleanField()
    memories = ContextLineShape(many=True)


class ContextMessageShape(serializers.Serializer[None]):
    """A chat message."""

    role = serializers.CharField()
    content = serializers.CharField()


class ContextTurnShape(ContextMessageShape):
    """A turn of the conversation."""

    from_episode = serializers.UUIDField(
        allow_null=True, help_text="The episode it came with; null for one of the request."
    )


class ContextHistoryShape(serializers.Serializer[None]):
    """The recent turns that fit, oldest first."""

    turns = ContextTurnShape(many=True)
    left_out = serializers.IntegerField(help_text="Older turns that did not fit.")


class LeftOutShape(serializers.Serializer[None]):
    """A memory that is not in the block."""

    id = serializers.UUIDField()
    type = serializers.CharField()
    why = serializers.CharField(
        help_text=(
            "over_budget, purpose_does_not_allow, below_threshold, beyond_top_k, near_copy, faded."
        )
    )


class TokensShape(serializers.Serializer[None]):
    """How much of the budget is used, and how it was counted."""

    budget = serializers.IntegerField()
    used = serializers.IntegerField()
    method = serializers.CharField(help_text="tiktoken:<encoding>, or estimate.")


class ContextShape(serializers.Serializer[None]):
    """What is known, ready for a prompt, and what it is made of."""

    context = serializers.CharField(  # type: ignore[assignment]
        help_text='For a system prompt; "" when nothing is known. As messages it holds no turns.'
    )
    messages = ContextMessageShape(
        many=True, allow_null=True, help_text="With format messages: ready to send."
    )
    sections = ContextSectionShape(many=True)
    history = ContextHistoryShape()
    references = serializers.DictField(
        child=serializers.UUIDField(), help_text="The memory behind each reference."
    )
    left_out = LeftOutShape(many=True)
    tokens = TokensShape()
    trace_id = serializers.UUIDField()
    strategy = StrategyName()
    degraded = serializers.ListField(
        child=serializers.CharField(), help_text="What did not answer or could not be used."
    )
