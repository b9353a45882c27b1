"""An owner as a condition; written once, since to get it wrong is a leak."""

from django.db.models import Q

from memories.rules.owner import Owner


def of(owner: Owner, *, prefix: str = "") -> Q:
    """Rows of this subject, or of this agent's own; `prefix` reaches them, such as "memory__"."""
    mine = Q((f"{prefix}namespace_id", owner.namespace_id))
    if owner.subject_id is not None:
        return mine & Q((f"{prefix}subject_id", owner.subject_id))
    return mine & Q((f"{prefix}subject_id__isnull", True), (f"{prefix}agent_id", owner.agent_id))
