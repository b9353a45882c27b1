"""Whose memories a caller speaks of."""

import uuid
from collections.abc import Sequence

from governance import access, subjects
from governance.subjects import IdentityRef
from memories.rules.owner import Owner


def known(refs: Sequence[IdentityRef], agent_id: str, *, namespace_id: uuid.UUID) -> Owner | None:
    """The subject known by these identities, or without any the agent; None for nobody known.

    Inside the namespace's scope. Raises IdentityAmbiguous, SubjectNotAccepting.
    """
    if not refs:
        return Owner(namespace_id, None, agent_id)
    identity = subjects.find(list(refs), namespace_id=namespace_id)
    if identity is None:
        return None
    access.refuse_if_closed(identity.subject)
    return Owner(namespace_id, identity.subject_id)
