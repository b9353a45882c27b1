"""Errors as words: raised where known, turned into HTTP once (memorysite/api_errors.py)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: its path in the body, what is wrong, what mends it."""

    field: str
    message: str


class DomainError(Exception):
    """Something the caller did that the domain refuses. The message is safe to show."""

    code = "refused"
    http_status = 400
    title = "The request was refused"

    def __init__(self, message: str = "", *, fields: list[FieldError] | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())
        self.fields = fields or []


class InvalidInput(DomainError):
    """The request has a field that cannot be used."""

    code, http_status, title = "invalid_input", 400, "The request has a field that cannot be used"


class TooLarge(DomainError):
    """The request holds more than is accepted."""

    code, http_status, title = "too_large", 413, "The request holds more than is accepted"


class NotFound(DomainError):
    """There is nothing with this id in this namespace."""

    code, http_status, title = "not_found", 404, "There is nothing with this id here"


class KeyRefused(DomainError):
    """The API key is unknown, expired or revoked."""

    code, http_status, title = "key_refused", 401, "The API key is not accepted"


class ScopeMissing(DomainError):
    """The key may not do this."""

    code, http_status, title = "scope_missing", 403, "The key may not do this"


class SubjectNotAccepting(DomainError):
    """Nothing may be remembered of this subject now."""

    code, http_status = "subject_not_accepting", 403
    title = "Nothing may be remembered of this subject now"


class IdentityAmbiguous(DomainError):
    """The identities given lead to different subjects."""

    code, http_status = "identity_ambiguous", 409
    title = "The identities given lead to different subjects"


class IdentityConflict(DomainError):
    """The identities cannot be linked or unlinked as asked."""

    code, http_status = "identity_conflict", 409
    title = "The identities cannot be linked or unlinked as asked"


class SettingsUnreadable(DomainError):
    """The namespace's settings cannot be read; who runs the site has to set them anew."""

    code, http_status = "settings_unreadable", 503
    title = "This namespace's settings cannot be read"


class NestedNamespace(RuntimeError):
    """A namespace was opened inside another one: a programming error, never a caller's."""
