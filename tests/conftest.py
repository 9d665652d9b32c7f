"""Properties that say neither on how many examples they are tried nor how long one may take: no clock fails a test.

In CI hypothesis draws the same ones each time.
"""

import gc

from hypothesis import settings

from tests.examples import examples

settings.register_profile("suite", parent=settings(), deadline=None, max_examples=examples(50))
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Thousands of tests stay as they are to the end: the garbage collector need not walk through them each time."""
    gc.freeze()
