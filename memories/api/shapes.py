"""The shapes of answers, for the API's documentation; `presenting` makes them."""

from rest_framework import serializers

from memories.rules.resolution import Decision


class FieldErrorShape(serializers.Serializer[None]):
    """One field that cannot be used."""

    field = serializers.CharField(help_text="Its path in the body, such as memories[3].type.")
    message = serializers.CharField(help_text="What is wrong, and what mends it.")


class Problem(serializers.Serializer[None]):
    """Every error (RFC 9457), as application/problem+json."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField(help_text="Stable; made for programs.")
    request_id = serializers.CharField()
    errors = FieldErrorShape(many=True)  # type: ignore[assignment]


class EpisodeReceipt(serializers.Serializer[None]):
    """An episode that was received."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    status_url = serializers.CharField()
    subject_id = serializers.UUIDField(allow_null=True)


class EpisodeShape(EpisodeReceipt):
    """Where an episode stands."""

    waiting_for = serializers.CharField(allow_null=True, help_text="Code of what it awaits.")
    attempts = serializers.IntegerField()
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    extractor = serializers.CharField(allow_null=True)
    model = serializers.CharField(allow_null=True, help_text="The language model that read it.")
    prompt_version = serializers.CharField(allow_null=True)
    tokens = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="prompt, completion, calls; of posts read together, on the first.",
    )
    yielded = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many candidates were decided how."
    )
    rejected = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many candidates fell for what reason."
    )
    memories = serializers.ListField(child=serializers.UUIDField())
    received_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)


class OutcomeShape(serializers.Serializer[None]):
    """What became of one statement."""

    id = serializers.UUIDField(allow_null=True)
    event = serializers.ChoiceField([one.value for one in Decision])
    reason = serializers.CharField()
    type = serializers.CharField(allow_null=True)
    slot = serializers.CharField(allow_null=True)
    supersedes = serializers.ListField(
        child=serializers.UUIDField(), help_text="Every memory that it closed."
    )
    review_id = serializers.UUIDField(allow_null=True, help_text="The review that it waits for.")


class Outcomes(serializers.Serializer[None]):
    """What became of each statement, in the order given."""

    results = OutcomeShape(many=True)


class RecalledShape(serializers.Serializer[None]):
    """A memory that matters."""

    id = serializers.UUIDField()
    memory = serializers.CharField()
    type = serializers.CharField()
    slot = serializers.CharField(allow_null=True)
    data = serializers.DictField()  # type: ignore[assignment]
    metadata = serializers.DictField()
    categories = serializers.ListField(child=serializers.CharField())
    agent_id = serializers.CharField(allow_null=True)
    app_id = serializers.CharField(allow_null=True)
    run_id = serializers.CharField(allow_null=True)
    speaker = serializers.CharField(allow_null=True)
    occurred_at = serializers.DateTimeField(allow_null=True)
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ScoredShape(RecalledShape):
    """A memory that matters, and how much."""

    score = serializers.FloatField(min_value=0, max_value=1)
    parts = serializers.DictField(
        child=serializers.FloatField(), required=False, help_text="With explain."
    )


class StrategyName(serializers.Serializer[None]):
    """Which version of which strategy was used."""

    name = serializers.CharField()
    version = serializers.IntegerField(help_text="0: built in.")


class RecallShape(serializers.Serializer[None]):
    """What is known that matters, best first."""

    results = ScoredShape(many=True)
    trace_id = serializers.UUIDField()
    strategy = StrategyName()
    degraded = serializers.ListField(
        child=serializers.CharField(), help_text="Parts of the search that did not answer."
    )


class MemoryShape(RecalledShape):
    """A memory, whole."""

    importance = serializers.FloatField()
    confidence = serializers.FloatField()
    sensitivity = serializers.CharField()
    state = serializers.CharField()
    expires_at = serializers.DateTimeField(allow_null=True)
    superseded_by = serializers.UUIDField(allow_null=True)
    closed_because = serializers.CharField(allow_null=True, help_text="Code of why it ended.")
    episode_id = serializers.UUIDField(allow_null=True)
    message_index = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField()


class MemoryPage(serializers.Serializer[None]):
    """A page of memories."""

    results = MemoryShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class Forgotten(serializers.Serializer[None]):
    """A memory that is gone."""

    id = serializers.UUIDField()
    deleted = serializers.BooleanField()


class ActorShape(serializers.Serializer[None]):
    """Who acted."""

    kind = serializers.CharField()
    id = serializers.CharField()


class VersionShape(serializers.Serializer[None]):
    """One change of a memory."""

    version = serializers.IntegerField()
    change = serializers.CharField()
    reason = serializers.CharField(allow_null=True)
    actor = ActorShape()
    before = serializers.DictField()
    after = serializers.DictField()
    at = serializers.DateTimeField()


class History(serializers.Serializer[None]):
    """Every change of a memory, oldest first, and its place among others."""

    results = VersionShape(many=True)
    lineage = MemoryShape(
        many=True, help_text="What its slot held, or what took whose place; oldest first."
    )


class TraceShape(serializers.Serializer[None]):
    """What a recall asked, found and left out, and why."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    subject_id = serializers.UUIDField(allow_null=True)
    asked = serializers.DictField()
    strategy = serializers.DictField()
    found = serializers.ListField(child=serializers.DictField())
    left_out = serializers.ListField(child=serializers.DictField())
    degraded = serializers.ListField(child=serializers.CharField())
    embedding_model = serializers.CharField()
    scanned = serializers.IntegerField()
    timings = serializers.DictField(child=serializers.FloatField(), help_text="Milliseconds.")


class IdentityShape(serializers.Serializer[None]):
    """One way in which a person is known."""

    channel = serializers.CharField()
    id = serializers.CharField()
    linked_at = serializers.DateTimeField(allow_null=True)


class SubjectShape(serializers.Serializer[None]):
    """A person, and what leads to them."""

    subject_id = serializers.UUIDField()
    identities = IdentityShape(many=True)


class TypeShape(serializers.Serializer[None]):
    """A memory type."""

    name = serializers.CharField()
    description = serializers.CharField()
    data_schema = serializers.DictField()
    slots = serializers.ListField(child=serializers.CharField())
    pinned = serializers.BooleanField()
    precedence = serializers.IntegerField()
    half_life_days = serializers.FloatField(allow_null=True)
    sensitivity = serializers.CharField()
    screening = serializers.DictField()
    active = serializers.BooleanField()


class Types(serializers.Serializer[None]):
    """Every memory type."""

    results = TypeShape(many=True)


class StrategyShape(StrategyName):
    """A strategy with all its values."""

    config = serializers.DictField()


class Strategies(serializers.Serializer[None]):
    """Every strategy in its newest version."""

    results = StrategyShape(many=True)


class NamespaceShape(serializers.Serializer[None]):
    """The namespace of a key."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    region = serializers.CharField()


class KeyShape(serializers.Serializer[None]):
    """The key that asks."""

    key_id = serializers.UUIDField()
    scopes = serializers.ListField(child=serializers.CharField())
    namespace = NamespaceShape()
