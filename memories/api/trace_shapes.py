"""What bots get about a recall that was made, for the API's documentation."""

from rest_framework import serializers

from memories.api import shapes


class OutcomeTold(serializers.Serializer[None]):
    """What the bot made of a recall, as far as it told."""

    answer = serializers.CharField(allow_null=True)
    answer_id = serializers.CharField(allow_null=True)
    used = serializers.ListField(child=serializers.UUIDField())
    tokens = serializers.DictField(child=serializers.IntegerField())
    latency_ms = serializers.FloatField(allow_null=True)
    at = serializers.DateTimeField()


class VerdictShape(serializers.Serializer[None]):
    """How one memory served."""

    id = serializers.UUIDField()
    verdict = serializers.CharField()
    at = serializers.DateTimeField()


class TraceStory(shapes.TraceShape):
    """What a recall asked, found and left out, why, and what became of it."""

    kind = serializers.CharField(help_text="recall, context or chat.")
    composed = serializers.DictField(help_text="Of a context: what stands in which section.")
    outcome = OutcomeTold(allow_null=True)
    feedback = VerdictShape(many=True)


class OutcomeShape(serializers.Serializer[None]):
    """The outcome as it is kept now; its answer is read with the trace."""

    trace_id = serializers.UUIDField()
    answer_id = serializers.CharField(allow_null=True)
    used = serializers.ListField(child=serializers.UUIDField())
    tokens = serializers.DictField(child=serializers.IntegerField())
    latency_ms = serializers.FloatField(allow_null=True)
    at = serializers.DateTimeField()


class FeedbackShape(serializers.Serializer[None]):
    """Every verdict on the trace's memories as it is kept now."""

    trace_id = serializers.UUIDField()
    feedback = VerdictShape(many=True)


class SeenShape(serializers.Serializer[None]):
    """One memory of a run, as it was or is."""

    id = serializers.UUIDField()
    memory = serializers.CharField(
        allow_null=True, help_text="Null without the scope memories:read, or where it is gone."
    )
    type = serializers.CharField()
    version = serializers.IntegerField()
    score = serializers.FloatField()
    parts = serializers.DictField(child=serializers.FloatField())


class PlaceShape(serializers.Serializer[None]):
    """Where a memory stood in one run."""

    rank = serializers.IntegerField()
    score = serializers.FloatField()
    version = serializers.IntegerField()


class ReasonShape(serializers.Serializer[None]):
    """One reason, for programs."""

    code = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.UUIDField(allow_null=True, help_text="The memory that took its place.")


class DifferenceShape(serializers.Serializer[None]):
    """One memory that the runs do not answer alike."""

    id = serializers.UUIDField()
    change = serializers.ChoiceField(choices=["gone", "new", "kept"])
    reason = serializers.CharField(help_text="A sentence, such as `superseded on 2026-05-04 by …`.")
    reasons = ReasonShape(many=True)
    then = PlaceShape(allow_null=True)
    now = PlaceShape(allow_null=True)


class MismatchShape(serializers.Serializer[None]):
    """Where the replay of the past differs from what the trace recorded, and why if known."""

    id = serializers.UUIDField()
    what = serializers.ChoiceField(choices=["missing", "added", "score", "version", "order"])
    recorded = serializers.FloatField(allow_null=True)
    replayed = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_null=True)


class ReplayShape(serializers.Serializer[None]):
    """One question, asked of the store as it was and as it is."""

    trace_id = serializers.UUIDField()
    subject_id = serializers.UUIDField(allow_null=True)
    asked = serializers.DictField()
    at = serializers.DateTimeField(help_text="When it was asked.")
    replayed_at = serializers.DateTimeField()
    matches_trace = serializers.BooleanField(
        help_text="Whether the past gave the recorded answer again; else see `mismatches`."
    )
    mismatches = MismatchShape(many=True)
    then = SeenShape(many=True)
    now = SeenShape(many=True)
    difference = DifferenceShape(many=True)
    changes = serializers.ListField(
        child=serializers.CharField(), help_text="What else differs: strategy, embedding model."
    )
    degraded = serializers.ListField(
        child=serializers.CharField(),
        help_text="Such as then:embedding_model_changed: of the vectors, what the trace recorded.",
    )
