"""What an API key looks like: `rmb_<namespace>_<prefix>_<secret>`.

The namespace stands in the key because row-level security shows a key only inside its namespace.
It is no claim: the digest covers the whole text, so a key with another namespace matches nothing.
"""

import base64
import binascii
import re
import secrets
import uuid
from dataclasses import dataclass

_SHAPE = re.compile(r"rmb_([a-z2-7]{26})_([a-z2-7]{8})_([A-Za-z0-9_-]{43})")
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyParts:
    """The public parts of a key."""

    namespace_id: uuid.UUID
    prefix: str


def make(namespace_id: uuid.UUID) -> tuple[str, str]:
    """A new key's public prefix and its whole text (shown once), with 256 random bits."""
    prefix = base64.b32encode(secrets.token_bytes(5)).decode().lower()
    namespace = base64.b32encode(namespace_id.bytes).decode().rstrip("=").lower()
    return prefix, f"rmb_{namespace}_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"


def parse(text: str) -> KeyParts | None:
    """The public parts, or None if the text is no key."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return None
    try:
        raw = base64.b32decode(match[1].upper() + "======")
    except binascii.Error:
        return None
    return KeyParts(namespace_id=uuid.UUID(bytes=raw), prefix=match[2])
