"""Tables of governance."""

from governance.models.access import (
    ApiKey,
    Membership,
    Namespace,
    Organization,
    Subject,
    SubjectIdentity,
)
from governance.models.audit import AuditEvent
from governance.models.policy import MemoryType

__all__ = [
    "ApiKey",
    "AuditEvent",
    "Membership",
    "MemoryType",
    "Namespace",
    "Organization",
    "Subject",
    "SubjectIdentity",
]
