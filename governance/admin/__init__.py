"""The admin's pages for who may come in, who is remembered, and what was done."""

from governance.admin import (
    accounts,
    api_keys,
    audit_events,
    memberships,
    memory_types,
    namespaces,
    organizations,
    subjects,
)

__all__ = [
    "accounts",
    "api_keys",
    "audit_events",
    "memberships",
    "memory_types",
    "namespaces",
    "organizations",
    "subjects",
]
