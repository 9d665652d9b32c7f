"""The style sheet of all pages, which each page carries: a browser that has to ask for it draws nothing until it came.

The policy of headers (:mod:`service.headers`) allows this text alone, by its SHA-256, and no other inline style.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib import resources


@functools.cache
def sheet() -> str:
    """``service/static/delibgraph.css`` without its comments and line breaks: the whole content of a ``<style>``."""
    written = resources.files("service").joinpath("static", "delibgraph.css").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)).strip()


@functools.cache
def allowed() -> str:
    """What a Content-Security-Policy calls it: the SHA-256 of the text (CSP 3, §2.3.1)."""
    digest = hashlib.sha256(sheet().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
