"""The shapes of what is told about quality."""

from rest_framework import serializers

from memories.api.quality_bodies import StatementBody


class CaseShape(serializers.Serializer[None]):
    """A golden case. What it says is null for a key without memories:read."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_null=True)
    about = serializers.ChoiceField(["subject", "fixture"])
    subject_id = serializers.UUIDField(allow_null=True)
    query = serializers.CharField(allow_null=True)
    strategy = serializers.CharField(allow_null=True, help_text="Null: the namespace's default.")
    must = serializers.ListField(child=serializers.CharField(), allow_null=True)
    must_not = serializers.ListField(child=serializers.CharField(), allow_null=True)
    fixture = StatementBody(many=True, allow_null=True)
    active = serializers.BooleanField()
    trace_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()


class Cases(serializers.Serializer[None]):
    """Every golden case, oldest first."""

    results = CaseShape(many=True)


class RemovedCase(serializers.Serializer[None]):
    """A golden case that is gone."""

    id = serializers.UUIDField()
    deleted = serializers.BooleanField()


class ResultShape(serializers.Serializer[None]):
    """What became of one case."""

    id = serializers.UUIDField(help_text="The golden case.")
    passed = serializers.BooleanField(allow_null=True)
    score = serializers.FloatField(
        allow_null=True, help_text="Share of its conditions that held; null: not measured."
    )
    held = serializers.IntegerField()
    of = serializers.IntegerField()
    unmet = serializers.ListField(child=serializers.CharField(), help_text="Such as must[0].")
    degraded = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField(
        allow_null=True,
        help_text="Why it was not measured: outdated (a memory that must come has ended),"
        " subject_unknown, subject_not_accepting, fixture_refused, invalid_input.",
    )


class CounterShape(serializers.Serializer[None]):
    """One counter."""

    value = serializers.FloatField(allow_null=True, help_text="Null: there was nothing to count.")
    part = serializers.FloatField()
    of = serializers.FloatField(allow_null=True)


class RunShape(serializers.Serializer[None]):
    """One run of the golden cases, with the counters of its moment."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    cases = serializers.IntegerField(help_text="That were measured.")
    passed = serializers.IntegerField()
    score = serializers.FloatField(allow_null=True)
    fell = serializers.BooleanField()
    degraded = serializers.ListField(child=serializers.CharField())
    results = ResultShape(many=True)
    counters = serializers.DictField(child=CounterShape())


class CaseCounts(serializers.Serializer[None]):
    """How many golden cases there are."""

    total = serializers.IntegerField()
    active = serializers.IntegerField()


class DefinitionShape(serializers.Serializer[None]):
    """What a counter means."""

    title = serializers.CharField()
    meaning = serializers.CharField()
    reads = serializers.ChoiceField(["share", "mean", "number"])


class QualityShape(serializers.Serializer[None]):
    """The last runs, newest first, and what their counters mean."""

    cases = CaseCounts()
    runs = RunShape(many=True)
    definitions = serializers.DictField(child=DefinitionShape())


class RunStarted(serializers.Serializer[None]):
    """A run that a worker does."""

    status = serializers.ChoiceField(["started"])
    result_url = serializers.CharField()
