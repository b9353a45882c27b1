"""An owner as a condition; written once, since to get it wrong is a leak."""

from django.db.models import Q

from memories.rules.owner import Owner


def of(owner: Owner) -> Q:
    """Rows of this subject, or of this agent's own."""
    if owner.subject_id is not None:
        return Q(namespace_id=owner.namespace_id, subject_id=owner.subject_id)
    return Q(namespace_id=owner.namespace_id, subject_id__isnull=True, agent_id=owner.agent_id)
