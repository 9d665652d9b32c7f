"""Where a proper name ends: capitals, the small words that join them, quotes, and what cuts it off.

"l'association Les amis du livre, pour" → "Les amis du livre"; "au CESAM et à la ville" → "CESAM";
"la Mission Locale de l'arrondissement de Dijon est" → "… de l'arrondissement de Dijon".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.finder import cased_finder
from extract.patterns import cased, pattern, words
from extract.pipes.complements import completed
from extract.pipes.cut_words import uncut, whole_word
from extract.pipes.name_ends import likeliest
from extract.segment.lines import without_ranks
from extract.text import fold

_TOKEN = re.compile(
    r"[dlDLsS]['’](?=\w)|\d+(?!\w)|[^\W_]+(?:[-'’.][^\W_]+)*['’]?|[«\"“]|[^\w\s]|\n[^\S\n]*\n|\n|\t", re.UNICODE
)
_CLOSING = {"«": "»", '"': '"', "“": "”"}
_GENITIVE = words("names", "genitive")
_JOINING = words("names", "joining")
_ARTICLES = words("names", "articles")
_LONGEST = 110
_PENDING = 3
_SIGLE, _AROUND = 6, 24
_SERIES = 140
#: A space behind a hyphen that joins two words.
_CUT = re.compile(r"-\s+(?=[A-ZÉÈÀ]|[dl]['’]|(?:la|les?|de|du|des|sur|sous|en|lès|lez|et|aux?)-)")
#: "ADIL 74-bis": a number told again.
_AGAIN = re.compile(r"-(?:bis|ter|quater)\b")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def _is_capital(token: str) -> bool:
    return token[:1].isupper()


def _is_sigle(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return 0 < len(letters) <= 8 and all(c.isupper() for c in letters) and " " not in text.strip()


def name_end(text: str, start: int, limit: int | None = None, taken: Callable[[int], object] | None = None) -> int:
    """Index where the proper name that begins at ``start`` ends, as rules and the trained model agree best.

    ``start`` itself when none begins there; see :func:`rule_end`.
    """
    reach = name_limit(text, start, len(text) if limit is None else limit)
    stop = rule_end(text, start, reach, taken)
    if stop <= start:
        return stop
    if taken is not None:
        reach = next(filter(taken, range(max(start + 1, stop), reach)), reach)
    found = whole_word(text, likeliest(text, start, reach, stop))
    return max(completed(text, start, found, reach), _as_quoted(text, start, found, reach))


def _as_quoted(text: str, start: int, stop: int, reach: int) -> int:
    """Where the name ends by what stands in guillemets elsewhere: "« La Chambre à air »"; ``stop`` if nowhere."""
    name = text[start:stop]
    at = text.find(name) if len(name) > _SIGLE else -1
    while at >= 0:
        close = text.find("»", at, at + _LONGEST)
        if close > 0 and text[:at].rstrip().endswith("«"):
            whole = text[at:close].rstrip()
            if len(whole) > len(name) and start + len(whole) <= reach and text.startswith(whole, start):
                return start + len(whole)
        at = text.find(name, at + 1)
    return stop


def name_limit(text: str, start: int, limit: int) -> int:
    """Where a name that begins at ``start`` has ended at the latest: before "pour son", "Monsieur", a title's line."""
    reach = min(limit, len(text), start + _LONGEST)
    if text[start : start + 1] in _CLOSING:
        return reach
    cuts = (
        pattern("names", "stops").search(fold(text[start:reach])),
        cased("names", "next_line").search(text, start, reach),
    )
    end_of_series = _last_of_series(text, start, reach)
    if end_of_series is not None:
        reach = end_of_series
    return min(
        [reach, *(at for at in (cuts[0] and start + cuts[0].start(), cuts[1] and cuts[1].start()) if at and at > start)]
    )


def _last_of_series(text: str, start: int, limit: int) -> int | None:
    """Where "et" parts the last two names of several that a plural announces: "des associations Horizon et Cap Sud"."""
    line = max(text.rfind("\n\n", 0, start), start - _SERIES)
    if not cased_finder("names", "plural_before").search(text, max(0, line), start):
        return None
    found = [m.start() for m in cased("names", "last_joint").finditer(text, start, limit)]
    return found[-1] if found else None


def rule_end(text: str, start: int, limit: int | None = None, taken: Callable[[int], object] | None = None) -> int:
    """Index where the proper name that begins at ``start`` ends; ``start`` itself when none begins there.

    ``taken`` tells whether another name is known to begin at an index: a joining word does not reach over it.
    """
    limit = min(len(text), start + _LONGEST) if limit is None else min(limit, start + _LONGEST)
    quoted = _quoted(text, start, limit)
    if quoted is not None:
        return quoted
    end = start
    pending: list[str] = []
    for match in _TOKEN.finditer(text, start, limit):
        written, folded = match.group(), fold(match.group())
        if text[end : match.start()].strip(" \u00a0\u202f\n") and not pending:
            break
        if _is_capital(written) and not _starts_other(text, match.start(), pending, taken):
            end, pending = match.end(), []
        elif written.isdigit() and end > start and not pending and not _YEAR.match(written) and len(written) <= 3:
            if _money_follows(text, match.end()):
                break
            again = _AGAIN.match(text, match.end())
            end = again.end() if again else match.end()
        elif folded in _GENITIVE or folded in _ARTICLES or folded in _JOINING:
            pending.append(folded)
            if end == start or len(pending) > _PENDING or _stops(text, start, end, pending):
                break
        elif written == "\n":
            if "-" in text[match.start() : match.start() + 3]:
                break
        elif _goes_on(text, start, end, match, pending):
            end, pending = match.end(), []
        else:
            break
    return end


def _quoted(text: str, start: int, limit: int) -> int | None:
    if start < len(text) and text[start] in _CLOSING:
        close = text.find(_CLOSING[text[start]], start + 1, limit)
        if close > 0 and "\n\n" not in text[start:close]:
            return close + 1
    return None


def _stops(text: str, start: int, end: int, pending: list[str]) -> bool:
    """After a lone sigle, only "de" goes on with the name: "MJC de Dijon", not "CESAM et Dijon métropole"."""
    joining = any(p in _JOINING for p in pending)
    return joining and _is_sigle(text[start:end])


def _starts_other(text: str, position: int, pending: list[str], taken: Callable[[int], object] | None) -> bool:
    """A capital that opens another party: a title, a known name, another head noun or article after "et", "à"."""
    folded = fold(text[position : position + 40])
    if pattern("names", "person").match(folded):
        return True
    if not any(p in _JOINING for p in pending):
        return False
    if taken is not None and taken(position):
        return True
    if _ends_series(pending):
        return True
    if (
        "et" in pending
        and not _GENITIVE & set(pending)
        and (pending[-1] in _ARTICLES or pattern("names", "article").match(folded))
    ):
        return True
    return pattern("names", "other_party").match(folded) is not None


def _ends_series(pending: list[str]) -> bool:
    """After "et", a preposition begins another party: "à Familles rurales et aux Francas"."""
    if "et" not in pending:
        return False
    after = pending[pending.index("et") + 1 :]
    return bool(after) and after[0] in ("a", "au", "aux")


def _money_follows(text: str, end: int) -> bool:
    return pattern("names", "money").match(fold(text[end : end + 14])) is not None


def _goes_on(text: str, start: int, end: int, match: re.Match[str], pending: list[str]) -> bool:
    """Whether a word in lower case belongs to the name."""
    folded = fold(match.group())
    return (
        _after_article(text[start:end], folded, pending)
        or _continues_genitive(text, start, match, folded, pending)
        or _qualifies(text, start, end, match, pending)
    )


def _after_article(name: str, folded: str, pending: list[str]) -> bool:
    """A capital article alone is no name: the word after it belongs to it, "Les amis du livre"."""
    return not pending and fold(name) in _ARTICLES and folded.replace("-", "").isalpha()


def _continues_genitive(text: str, start: int, match: re.Match[str], folded: str, pending: list[str]) -> bool:
    """A small noun after "de" belongs to the name when the name then ends or a capital or another "de" follows."""
    if not pending or not match.group().replace("-", "").isalpha():
        return False
    if (
        pending[0] in ("sans", "et")
        and len(pending) == 1
        and not _is_sigle(text[start : match.start()].split(" ", maxsplit=1)[0])
    ):
        closing = pattern("names", "closes").match(fold(text[match.end() : match.end() + 24]))
        return (
            closing is not None
            and not pattern("names", "verb_ending").search(folded)
            and folded not in words("names", "determiners")
        )
    if pending[0] not in _GENITIVE:
        return False
    if folded in words("names", "determiners"):
        return False
    if pending[-1] in ("de", "d'") and len(pending) == 1 and pattern("names", "verb_ending").search(folded):
        return False
    after = fold(text[match.end() : match.end() + 24])
    return (
        pattern("names", "ends_after").match(after) is not None or text[match.end() : match.end() + 2].strip().isupper()
    )


def _qualifies(text: str, start: int, end: int, match: re.Match[str], pending: list[str]) -> bool:
    """An adjective right after the first word of a name: "Office municipal des sports"."""
    if pending or end == start or _is_sigle(text[start:end]):
        return False
    folded = fold(text[match.start() : match.start() + 24])
    after = fold(text[match.end() : match.end() + 24])
    if (
        cased("names", "participle").search(match.group())
        and pattern("names", "ends_after").match(after)
        and " " not in text[start:end]
    ):
        return True  # "Pain partagé", "Familles rurales"
    return pattern("names", "adjective").match(folded) is not None or (
        pattern("names", "gentile").match(folded) is not None
    )


def house_end(text: str, start: int, end: int) -> int:
    """Where the name of a house ends by where it stands, "collège Le Clos à Monpazier"; ``end`` for others."""
    house = cased("names", "house").match(text, start, end)
    place = cased("names", "house_at").search(text, house.end(), end) if house else None
    return place.start() if place else end


def in_its_place(text: str, start: int, stop: int) -> tuple[str, ...]:
    """The name of a house with the commune told behind it, "collège Le Clos à Monpazier"; none where none is."""
    house = cased("names", "house").match(text, start, stop)
    place = cased("names", "house_place").match(text, stop) if house else None
    return (strip_name(text[start : place.end()]),) if place else ()


def is_heading(text: str, start: int, end: int) -> bool:
    """Capitals among capitals are a heading's words, not a name: "SUBVENTION DE FONCTIONNEMENT"."""
    if not text[start:end].isupper() or end - start <= _SIGLE:
        return False
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    around = text[max(line, start - _AROUND) : start] + text[end : min(stop if stop >= 0 else len(text), end + _AROUND)]
    around = without_ranks(around)
    return around.upper() == around


def strip_name(text: str) -> str:
    """A name without the quotes, article and punctuation around it; its own apostrophe kept ("CREATIV'")."""
    whole = uncut(" ".join(text.split())).strip(" ,;:.*")
    name = whole.strip(' ,;:.«»"“”()[]*')
    after = whole[whole.index(name) + len(name) :].strip() if name else ""
    name += _unclosed(name, after)
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")].strip()
    return _CUT.sub("-", name) if "- " in name else name


def _unclosed(name: str, after: str) -> str:
    """The quote right after a name that closes one opened inside it: "Épicerie solidaire « Le Panier" and " »"."""
    for opening, closing in _CLOSING.items() if after else ():
        opened = name.count(opening) % 2 if opening == closing else name.count(opening) > name.count(closing)
        if opened and after.startswith(closing):
            return f" {closing}" if closing == "»" else closing
    return ""
