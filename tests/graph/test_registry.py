"""Keys are minted once and kept; merges redirect; a failed run leaves nothing."""

from __future__ import annotations

import pytest

from graph.resolve import Registry, RegistryError
from graph.resolve.registry import Claim


def _keys(registry, *claims):
    return [minted.key for minted in registry.assign("person", [Claim(*claim) for claim in claims])]


def test_the_first_key_is_kept(tmp_path):
    with Registry(tmp_path / "identities.sqlite") as registry, registry.transaction():
        assert _keys(registry, (("a",), ("anne",))) == ["anne"]
    with Registry(tmp_path / "identities.sqlite") as registry, registry.transaction():
        assert _keys(registry, (("a", "b"), ("anne-marie",))) == ["anne"]
        assert _keys(registry, (("b",), ("other",))) == ["anne"]


def test_a_taken_slug_gives_the_next_then_a_number():
    registry = Registry()
    keys = _keys(registry, (("a",), ("x", "x-dijon")), (("b",), ("x", "x-dijon")), (("c",), ("x", "x-dijon")))
    assert keys == ["x", "x-dijon", "x-2"]


def test_a_merge_keeps_the_earlier_key_and_redirects_the_later():
    registry = Registry()
    _keys(registry, (("a",), ("first",)), (("b",), ("second",)), (("c",), ("third",)))
    assert _keys(registry, (("b", "c"), ("new",))) == ["second"]
    assert _keys(registry, (("a", "b", "c"), ("new",))) == ["first"]
    assert registry.redirects() == {("person", "second"): "first", ("person", "third"): "first"}
    assert registry.current("person", "third") == "first"


def test_taking_apart_again_gives_each_its_own_key_back():
    registry = Registry()
    _keys(registry, (("a",), ("first",)), (("b",), ("second",)))
    _keys(registry, (("a", "b"), ("new",)))
    assert _keys(registry, (("a",), ("new",)), (("b",), ("new",))) == ["first", "second"]
    assert registry.redirects() == {}


def test_the_part_with_the_founding_signature_keeps_the_key():
    registry = Registry()
    _keys(registry, (("b", "a"), ("both",)))
    assert _keys(registry, (("a",), ("alone",)), (("b",), ("alone",))) == ["alone", "both"]


def test_a_failed_run_leaves_nothing(tmp_path):
    path = tmp_path / "identities.sqlite"
    with Registry(path) as registry:
        with pytest.raises(ZeroDivisionError):
            _failing_run(registry)
        assert registry.signatures("person", "anne") == frozenset()


def _failing_run(registry):
    with registry.transaction():
        _keys(registry, (("a",), ("anne",)))
        raise ZeroDivisionError


def test_a_file_that_is_no_registry_is_named(tmp_path):
    path = tmp_path / "identities.sqlite"
    path.write_bytes(b"not a database, " * 100)
    with pytest.raises(RegistryError, match=r"identities\.sqlite"):
        Registry(path)


def test_a_key_founded_on_a_former_signature_passes_on_once():
    registry = Registry()
    _keys(registry, (("a",), ("anne",)), (("b",), ("bea",)))
    assert _keys(registry, (("a~1",), ("new",), ("a",)), (("a~2",), ("new",), ("a",))) == ["anne", "new"]
    assert _keys(registry, (("a~2",), ("new",), ("a",)), (("a~1",), ("new",), ("a",))) == ["new", "anne"]
    assert _keys(registry, (("a~3",), ("other",), ("a",))) == ["other"]
    assert _keys(registry, (("b",), ("x",)), (("b~1",), ("y",), ("b",))) == ["bea", "y"]
