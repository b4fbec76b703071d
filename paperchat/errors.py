"""Errors a user can mend: every message names the value, every `fix` says what to do about it."""


class PaperchatError(Exception):
    """An expected failure, shown to the user as one line and never as a traceback."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        """The message, and the fix after it when there is one."""
        return f"{self.message} {self.fix}".strip()


class SettingsError(PaperchatError):
    """A setting has a value that is not allowed."""


class InputError(PaperchatError):
    """A file or a question cannot be used as it is."""


class StoreError(PaperchatError):
    """The store cannot be opened, read or written."""


class UnwritableError(StoreError):
    """The store cannot be written, for want of permission or of space; what it holds may still be read."""


class UnreachableError(StoreError):
    """The server that holds the vector index does not answer; nothing is lost."""


class DroppedError(StoreError):
    """What the record held was damaged and could be made again, so it was dropped; `refresh` makes it."""


class ModelError(PaperchatError):
    """The model server is absent, refuses, or broke off."""
