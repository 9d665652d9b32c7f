"""What can go wrong with one document: typed, each naming file, reason and remedy, in the user's French."""

from __future__ import annotations


class DocumentError(Exception):
    """A document gives no facts. ``str()`` is one sentence a user can act on."""

    def __init__(self, file: str, reason: str, remedy: str) -> None:
        super().__init__(f"{file} : {reason}. {remedy}")
        self.file, self.reason, self.remedy = file, reason, remedy

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        """Cross a process boundary with all three parts."""
        return type(self), (self.file, self.reason, self.remedy)


class ReadError(DocumentError):
    """The file cannot be read as text."""


class NotAnAct(DocumentError):
    """The text is not a deliberation."""


class ComponentMissing(RuntimeError):
    """A component of the pipeline was run without one that it reads from."""

    def __init__(self, field: str, component: str) -> None:
        super().__init__(f"nothing has read the act's {field} yet: add the component {component!r} before this one")
        self.field, self.component = field, component
