"""The graphs of the whole, who is who and why names are one, kept between releases: :class:`Whole`.

A document more touches some dozens of things among thousands. What each document says of the whole is kept, and what
that comes to thing by thing, as lines: those of a thing are made again only where something of it differs. The outcome
is that of :func:`graph.mapping.map_identities`, :func:`graph.mapping.mandates.map_mandates` and
:func:`graph.curation.merges_of` over all documents.
"""

from graph.whole.kept import kept
from graph.whole.told import Saying, Told
from graph.whole.whole import Whole

__all__ = ["Saying", "Told", "Whole", "kept"]
