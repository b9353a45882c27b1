"""What each field of governance's own tables holds."""

from governance.models import (
    ApiKey,
    AuditEvent,
    Membership,
    MemoryType,
    Namespace,
    Organization,
    Subject,
    SubjectIdentity,
)
from governance.personal_data import Category

_TECHNICAL, _SET, _ID = Category.TECHNICAL, Category.CONFIGURATION, Category.IDENTIFIER

FIELDS = {
    Organization: {"id": _TECHNICAL, "name": _SET, "slug": _SET, "created_at": _TECHNICAL},
    Namespace: {
        "id": _TECHNICAL,
        "organization": _TECHNICAL,
        "slug": _SET,
        "name": _SET,
        "region": _SET,
        "settings": _SET,
        "created_at": _TECHNICAL,
    },
    Membership: {"id": _TECHNICAL, "organization": _TECHNICAL, "user": _ID, "role": _SET},
    ApiKey: {
        "id": _TECHNICAL,
        "namespace": _TECHNICAL,
        "name": _SET,
        "prefix": _TECHNICAL,
        "digest": Category.CREDENTIAL,
        "scopes": _SET,
        "expires_at": _SET,
        "revoked_at": _TECHNICAL,
        "last_used_at": _TECHNICAL,
        "created_at": _TECHNICAL,
    },
    Subject: {
        "id": _ID,
        "namespace": _TECHNICAL,
        "state": _TECHNICAL,
        "generation": _TECHNICAL,
        "created_at": _TECHNICAL,
    },
    SubjectIdentity: {
        "id": _ID,
        "namespace": _TECHNICAL,
        "subject": _ID,
        "home_subject": _ID,
        "channel": _TECHNICAL,
        "external_id": _ID,
        "evidence": Category.CONTENT,
        "linked_at": _TECHNICAL,
        "created_at": _TECHNICAL,
    },
    MemoryType: dict.fromkeys(
        (
            "name",
            "description",
            "data_schema",
            "slots",
            "pinned",
            "precedence",
            "half_life_days",
            "sensitivity",
            "screening",
            "active",
        ),
        _SET,
    )
    | {"id": _TECHNICAL, "namespace": _TECHNICAL, "created_at": _TECHNICAL},
    AuditEvent: dict.fromkeys(
        (
            "id",
            "namespace",
            "at",
            "actor_kind",
            "actor_id",
            "action",
            "target_kind",
            "target_id",
            "request_id",
            "details",
            "xid",
        ),
        _TECHNICAL,
    ),
}
