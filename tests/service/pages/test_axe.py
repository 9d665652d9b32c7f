"""axe-core over every page: no violation of WCAG 2.2 AA nor of good practice, light, dark, wide, narrow, printed."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.service.pages.conftest import settle

AXE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
QUERY = """SELECT ?qui ?montant ?payeur ?receveur WHERE {
  ?f a dg:Funding ; dg:amount ?montant ; dg:funder ?payeur ; dg:beneficiary ?receveur .
  ?receveur skos:prefLabel ?qui
} ORDER BY DESC(?montant) LIMIT 5"""


def sparql(**more: str) -> str:
    return "/sparql?" + urlencode({"query": QUERY, **more})


PAGES = [
    "/", "/?lang=en", "/funding", "/funding?view=network", "/funding?view=years", "/funding?view=matrix",
    "/funding?view=compare", "/funding?beneficiary=cesam", "/funding?beneficiary=inconnu", "/document",
    "/document/aaaa000000000001", "/document/bbbb000000000002", "/organisation", "/person", "/programme",
    "/session",
    "/id/organisation/cesam", "/id/organisation/cesam?lang=en", "/id/organisation/dijon-metropole",
    "/id/deliberation/a",
    "/id/programme/contrat-de-ville-2015-2020", "/id/session/bureau-2023-01-25", "/id/funding/a-total",
    "/graph/aaaa000000000001", "/queries", "/queries/money-to?name=cesam", "/queries/fundings?lang=en&limit=2",
    "/queries/money-to?name=", "/quality", "/catalog", "/ns", "/shapes", "/api", "/dump/", "/data", "/data?lang=en",
    "/search?q=cesam", "/search?q=introuvable", "/search?q=cesam&lang=en", "/document/aaaa000000000001?lang=en",
    "/quality?lang=en", "/organisation?lang=en", "/review/report?thing=funding/a-via", "/review?lang=en",
    "/review/report?thing=organisation/cesam&verb=merge&other=&reason=x&author=A&lang=en", "/person?filter=zzz",
    "/reconcile/help", "/reconcile/help?lang=en", "/review", "/ingest", "/sparql", "/sparql?lang=en",
    sparql(), "/releases",
    sparql(view="chart"), sparql(view="graph"), "/sparql?query=SELECT", "/introuvable",
]  # fmt: skip
pytestmark = pytest.mark.browser


#: Width, colours, medium: a page is loaded once, and looked at in each.
LOOKS = {
    "laptop": (1280, "light", "screen"),
    "phone-dark": (390, "dark", "screen"),
    "print": (1280, "dark", "print"),
}
VIOLATIONS = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"


def look(page, name):
    width, scheme, media = LOOKS[name]
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, media=media)


@pytest.mark.parametrize("url", PAGES)
def test_no_violation(opened, url):
    # axe is put into the page past its policy, which has tests of its own
    page = opened(bypass_csp=True).page
    look(page, "laptop")
    page.goto(url)
    settle(page)
    page.evaluate(AXE)
    for name in LOOKS if "lang=en" not in url else ("laptop",):  # in English the same page, in other words
        look(page, name)
        found = page.evaluate(VIOLATIONS)
        told = [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"][:3]]
        assert told == [], name
