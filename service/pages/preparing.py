"""What a service does before it listens, so that the first reader of a page does not wait for it."""

from __future__ import annotations

import gc

import queries
from service import labels
from service.language import LANGUAGES, texts
from service.pages import tables
from service.pages.funding import behind
from service.pages.render import environment


def prepare() -> None:
    """Compile every template, read every text, query and word.

    All that is there by now stays as long as the process: the garbage collector need not go through it again and again.
    """
    for name in environment().list_templates():
        environment().get_template(name)
    behind.template()
    texts()
    queries.catalogue()
    for spoken in LANGUAGES:
        tables.word("status", None, spoken)
        labels.vocabulary(spoken)
    gc.collect()
    gc.freeze()
