"""Who may judge and send documents over HTTP: a session opened with the token, in a signed cookie; nothing is stored.

The cookie holds the curator's name and an end, signed with the token: whoever changes the token ends all sessions. Each
form carries a second signature over the cookie's value, so that no other site can have a browser post it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Final

#: Eight hours: one day's work.
LASTS: Final = 8 * 3600
COOKIE: Final = "delibgraph_review"


@dataclass(frozen=True)
class Session:
    """An open session: the curator's name, the cookie's value, and what its forms must carry."""

    author: str
    cookie: str
    form: str


def admits(token: str, given: str) -> bool:
    """Whether a token given is the one set, compared in constant time; none is right where none is set."""
    return bool(token) and hmac.compare_digest(_digest(token), _digest(given))


def open_session(token: str, author: str, now: float | None = None) -> Session:
    """A new session of ``author``."""
    until = int((time.time() if now is None else now) + LASTS)
    name = base64.urlsafe_b64encode(author.encode()).decode()
    told = f"{name}.{until}.{secrets.token_hex(8)}"
    return _session(token, author, f"{told}.{_sign(token, 'cookie', told)}")


def find_session(token: str, cookie: str, now: float | None = None) -> Session | None:
    """The session of a cookie; None where it is not ours, or over."""
    told, _, signature = cookie.rpartition(".")
    if not (token and hmac.compare_digest(_sign(token, "cookie", told).encode(), signature.encode())):
        return None
    name, until, _ = told.split(".")
    if int(until) < (time.time() if now is None else now):
        return None
    try:
        author = base64.urlsafe_b64decode(name).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return _session(token, author, cookie)


def same_form(session: Session, given: str) -> bool:
    """Whether a form posted is one of this session's."""
    return hmac.compare_digest(session.form.encode(), given.encode())


def _session(token: str, author: str, cookie: str) -> Session:
    return Session(author, cookie, _sign(token, "form", cookie))


def _sign(token: str, purpose: str, text: str) -> str:
    return hmac.new(token.encode(), f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
