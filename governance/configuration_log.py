"""django-auditlog follows what staff change in the configuration, and only that.

With its defaults a deleted memory would leave its text and its vector in the log. So: named
models, named fields, none of which holds what a person said.
"""

from auditlog.registry import auditlog

from governance.models import ApiKey, Membership, MemoryType, Namespace, Organization

FOLLOWED = {
    Organization: ["name", "slug"],
    Namespace: ["slug", "name", "region", "settings"],
    Membership: ["organization", "user", "role"],
    ApiKey: ["name", "scopes", "expires_at", "revoked_at"],
    MemoryType: [
        "name",
        "description",
        "data_schema",
        "slots",
        "pinned",
        "precedence",
        "half_life_days",
        "sensitivity",
        "active",
    ],
}


def register_models() -> None:
    """Called once, when the app is ready."""
    for model, fields in FOLLOWED.items():
        auditlog.register(model, include_fields=fields)
