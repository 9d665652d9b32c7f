"""What the page of an organisation, a person, a programme, an act, a funding … tells before the plain triples.

Read through the store's indexes (see :mod:`service.linked_data.resource`): a page costs what is said of its entity,
whatever the size of the release. A test holds its sums against the named queries.
"""

from service.pages.entity.blocks import Block, Cell, Portrait
from service.pages.entity.portrait import portray

__all__ = ["Block", "Cell", "Portrait", "portray"]
