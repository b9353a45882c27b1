"""What is asked of the review queue, and what it answers."""

from typing import Any

from rest_framework import serializers

from memories.api import presenting
from memories.api.bodies import Body
from memories.api.shapes import ActorShape, MemoryShape
from memories.reviewing import Page, Shown, may_be_read


class ReviewQuery(Body):
    """Which reviews."""

    state = serializers.ChoiceField(
        choices=["OPEN", "ACCEPTED", "REJECTED", "ANY"], default="OPEN", required=False
    )
    reason = serializers.CharField(
        max_length=64, required=False, help_text="A code, such as less_trusted_than_current."
    )
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)
    cursor = serializers.CharField(max_length=64, required=False)


class ReviewShape(serializers.Serializer[None]):
    """One question to a person: may this memory stand?"""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(["OPEN", "ACCEPTED", "REJECTED"])
    reason = serializers.CharField(help_text="Code of why it is asked.")
    memory_id = serializers.UUIDField()
    memory_state = serializers.CharField(allow_null=True, help_text="Null: it is gone.")
    type = serializers.CharField(allow_null=True)
    against = serializers.UUIDField(
        allow_null=True, help_text="The memory that it contradicts or would close."
    )
    opened_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = ActorShape(allow_null=True)


class ReviewWithMemoryShape(ReviewShape):
    """The same, with what the memory says for a key that may read memories."""

    memory = MemoryShape(allow_null=True, help_text="Null without the scope memories:read.")


class ReviewPage(serializers.Serializer[None]):
    """A page of reviews, newest first."""

    results = ReviewWithMemoryShape(many=True)
    next_cursor = serializers.CharField(allow_null=True)


def page(found: Page, *, with_content: bool) -> dict[str, Any]:
    """A page; what the memories say only `with_content`."""
    results = []
    for shown in found.reviews:
        told = with_content and shown.memory is not None and may_be_read(shown.item)
        memory = presenting.memory(shown.memory) if told and shown.memory else None
        results.append({**review(shown), "memory": memory})
    return {"results": results, "next_cursor": found.next_cursor}


def review(shown: Shown) -> dict[str, Any]:
    """Where a review stands; no content."""
    item, memory = shown.item, shown.memory
    by = {"kind": item.decided_by_kind, "id": item.decided_by}
    return {
        "id": str(item.pk),
        "state": item.state,
        "reason": item.reason,
        "memory_id": str(item.memory_id),
        "memory_state": memory.state if memory else None,
        "type": memory.type.name if memory else None,
        "against": str(item.against) if item.against else None,
        "opened_at": item.opened_at,
        "decided_at": item.decided_at,
        "decided_by": by if item.decided_at else None,
    }
