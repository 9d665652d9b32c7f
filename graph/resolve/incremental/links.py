"""What a node may be one with: the keys that it shares with others, and the edges to those that look like it.

Two nodes that could ever influence each other's cluster are linked, directly or through others; more than those may
be. A key that begins with "+" is answered by the same key with "-", and the other way round: a sigle that is tied to
a name and one that stands alone are linked, two that stand alone are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.resolve.features import Never, family_names, given_names
from graph.resolve.housing import office_of
from graph.resolve.name_keys import located_key
from graph.resolve.organisation_nodes import OrganisationNode
from graph.resolve.organisation_relations import name_keys, office_keys
from graph.resolve.organisation_sigles import initials_of, own_initials
from graph.resolve.organisation_titles import titled
from graph.resolve.organisation_words import is_distinctive, specific_words
from graph.resolve.person_nodes import PersonNode

_OPPOSITE = {"+": "-", "-": "+"}


def answered_by(key: str) -> str:
    """The key that links to ``key``."""
    return _OPPOSITE.get(key[0], key[0]) + key[1:]


def edge(one: str, other: str) -> str:
    """The key of an edge between two signatures."""
    left, right = sorted((one, other))
    return f"edge\t{left}\t{right}"


def person_blocks(node: PersonNode) -> frozenset[str]:
    """Where those who may be this person are looked for."""
    form = node.form
    found = {form.family_letters, "".join(form.core), *form.core}
    found |= {form.given_letters} if form.is_full else set()
    places = {node.scope} | {f"siren:{group.siren}" for group in node.groups}
    return frozenset(f"{place}\t{word}" for place in places for word in found)


def related(one: PersonNode, other: PersonNode) -> bool:
    """Whether two names could be one person's, whatever their civilities turn out to be."""
    family = family_names(one.form, other.form)
    if isinstance(family, Never):
        return one.form.letters == other.form.letters
    given = given_names(one.form, other.form)
    return not isinstance(given, Never) or one.form.sound == other.form.sound


def organisation_keys(node: OrganisationNode) -> frozenset[str]:
    """The keys of an organisation node, but for its edges."""
    found = {f"number\t{key}" for key in node.identifiers.keys}
    if node.body:
        found.update(f"+sigle\t{place}\t{sigle}" for sigle in own_initials(node) for place in node.contexts)
    else:
        found.update(_names(node))
        found.update(_forms(node))
        found.update(_sigles(node))
    return frozenset(found)


def organisation_blocks(node: OrganisationNode) -> frozenset[str]:
    """Where names that look like this one are looked for."""
    return node.territories if node.body is None and node.is_long else frozenset()


def _names(node: OrganisationNode) -> Iterator[str]:
    name = " ".join(node.normal)
    if is_distinctive(node.normal):
        yield f"name\t{name}"
    specific = specific_words(node.normal)
    for context in node.contexts.values():
        yield f"near\t{context.territory}\t{name}"
        if context.department and len(specific) > 1:
            yield f"department\t{context.department}\t{name}"
        for key in name_keys(node, context):
            yield f"key\t{context.signature}\t{' '.join(sorted(key))}"
        for title_key, _ in titled(node, context):
            yield f"key\t{context.signature}\t{' '.join(sorted(title_key))}"
        yield f"located\t{context.territory}\t{' '.join(sorted(located_key(node.normal, context.town)))}"
    for office in office_keys(node) if node.is_long else ():
        yield f"office\t{office}"
    housing = office_of(node)
    if housing:
        yield f"housing\t{housing.signature}"
    for sigle in node.sigle_keys if specific else ():
        yield f"named\t{sigle}\t{name}"


def _forms(node: OrganisationNode) -> Iterator[str]:
    name = " ".join(node.normal)
    for context in node.contexts:
        yield f"-form\t{context}\t{name}"
    if is_distinctive(node.normal):
        yield f"-form\t\t{name}"
    for form in node.other_forms | node.former:
        for place in ("", *node.contexts):
            yield f"+form\t{place}\t{' '.join(form)}"


def _sigles(node: OrganisationNode) -> Iterator[str]:
    places = {*node.contexts, *node.territories}
    for place in places:
        for sigle in node.sigle_keys if node.is_long else ():
            yield f"+sigle\t{place}\t{sigle}"
        if not node.is_long:
            yield f"-sigle\t{place}\t{node.normal[0]}"
    for context in node.contexts:
        for sigle in initials_of(node) if node.is_long else ():
            yield f"+initials\t{context}\t{sigle}"
        for sigle in node.sigle_keys if node.is_long else ():
            yield f"+part\t{context}\t{sigle}"
        for word in node.normal if node.is_long else ():
            yield f"-part\t{context}\t{word}"
        if not node.is_long:
            yield f"-initials\t{context}\t{node.normal[0]}"
