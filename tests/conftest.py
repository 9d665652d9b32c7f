"""Properties that say neither on how many examples they are tried nor how long one may take: no clock fails a test.

In CI hypothesis draws the same ones each time.
"""

import gc
from pathlib import Path

import pytest
from hypothesis import settings

from tests.examples import examples

settings.register_profile("suite", parent=settings(), deadline=None, max_examples=examples(20))
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is tested of the project as a whole comes first: types alone take a minute, for which at the end one process
    would wait for the other."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


def pytest_collection_finish() -> None:
    """Thousands of tests stay as they are to the end: the garbage collector need not walk through them each time."""
    gc.freeze()
