"""``/funding``: who funds whom. One selection, told in the address; views of it, the table, and what may be taken home.

`selection` reads the address, `shown` how it is looked at, `views` what is drawn, `page` puts it in HTML, `files`
gives it as CSV, JSON, GEXF, SVG and PNG, `embed` as a page to frame, `behind` as SPARQL.
"""

from __future__ import annotations

from fastapi import APIRouter

from service.pages.funding import embed, files, page

router = APIRouter()
for _module in (page, files, embed):
    router.include_router(_module.router)

__all__ = ["router"]
