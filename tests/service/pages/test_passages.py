"""The text of a document stays whole, and every passage has its anchor, however passages overlap."""

from hypothesis import given
from hypothesis import strategies as st

from service.pages.passages import Passage, Piece, cut, plain_text


def flat(pieces: list[Piece]) -> list[Piece]:
    return [p for piece in pieces for p in (piece, *flat(piece.children))]


def anchors(pieces: list[Piece]) -> list[str]:
    return [p.anchor for p in flat(pieces) if p.anchor]


def test_a_passage_is_one_link_to_its_fact():
    pieces = cut("abcdef", [Passage(1, 3, ("funding-x",))])
    assert [(p.text or plain_text(p.children), p.fact) for p in pieces] == [
        ("a", None),
        ("bc", "funding-x"),
        ("def", None),
    ]
    assert pieces[1].leaf
    assert pieces[1].anchor == "e-1-3"


def test_a_nested_passage_lies_within_the_outer_one():
    (outer,) = cut("abcdef", [Passage(2, 4, ("in",)), Passage(0, 6, ("out",))])
    assert outer.anchor == "e-0-6"
    assert not outer.leaf
    assert [p.fact for p in outer.children] == [None, "in", None]


def test_a_crossing_passage_is_split_and_keeps_one_anchor():
    first, tail = cut("abcdef", [Passage(0, 4, ("one",)), Passage(2, 6, ("two",))])
    assert [p.fact for p in first.children] == [None, "two"]
    assert (tail.anchor, tail.fact, plain_text([tail])) == (None, "two", "ef")
    assert anchors([first, tail]) == ["e-0-4", "e-2-6"]


def test_pages_begin_within_a_passage():
    pieces = cut("abcdef", [Passage(1, 5, ("x",))], page_starts=[3])
    assert [p.page for p in flat(pieces) if p.page] == [2]
    assert plain_text(pieces) == "abcdef"


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=8, unique=True),
    st.lists(st.integers(0, 39), max_size=3, unique=True),
)
def test_the_text_is_whole_and_every_passage_is_anchored_once(text, extents, starts):
    passages = [Passage(start, end, (f"f{start}-{end}",)) for start, end in extents]
    pieces = cut(text, passages, sorted(starts))
    assert plain_text(pieces) == text
    shown = [p for p in passages if p.start < min(p.end, len(text))]
    assert sorted(anchors(pieces)) == sorted(p.anchor for p in shown)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 10)), max_size=8, unique=True),
)
def test_every_character_of_a_passage_is_marked(extents):
    text = "x" * 31
    passages = [Passage(start, start + length, ("f",)) for start, length in extents]
    marked = sum(len(plain_text([p])) for p in cut(text, passages) if p.fact)
    assert marked == len({i for p in passages for i in range(p.start, p.end)})
