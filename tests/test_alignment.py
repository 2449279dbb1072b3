"""The blocks of a translation are found again, though its translator dropped and added paragraphs."""

import pytest
from benchmarks.alignment import DIRECTIONS, by_path, by_position, figures, ours, strict
from hypothesis import given, settings
from hypothesis import strategies as st

from stele.language.skeletons import name_keys, skeleton
from stele.translation.reuse.alignment import align
from stele.translation.reuse.traits import Block, numbers

LANGUAGES = ("en", "az", "ru", "fa")


def paragraphs(*texts):
    return [Block("paragraph", 1, text) for text in texts]


def pairs(source, target, target_tag="ru"):
    return [(pair.source, pair.target) for pair in align(source, target, "en", target_tag)]


# --- the sample ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("direction", DIRECTIONS, ids=" to ".join)
def test_one_paragraph_in_twenty_dropped_and_one_added(direction):
    recall, precision = figures(ours, *direction, 0.05, seeds=6)
    assert (recall >= 0.98, precision >= 0.98) == (True, True)


@pytest.mark.parametrize("other", [strict, by_position, by_path])
def test_aligning_by_place_or_path_alone_finds_far_less(other):
    recall, precision = figures(other, "en", "fa", 0.05, seeds=1)
    assert max(recall, precision) < 0.75


# --- what speaks for a pair ------------------------------------------------------------------------------------------


def test_numbers_are_told_in_any_digits():
    source = paragraphs("It was 613.", "It was 485.", "It was 1,275.")
    assert pairs(source, paragraphs("۴۸۵ تن بود.", "۱٬۲۷۵ تن بود."), "fa") == [(1, 0), (2, 1)]


@pytest.mark.parametrize("text", ["1,275", "1.275", "1\u00a0275", "1\u202f275", "1'275", "۱٬۲۷۵", "١٬٢٧٥", "१,२७५"])
def test_a_number_is_the_same_in_every_writing(text):
    assert numbers(f"of {text} people") == {"1275"}


def test_names_are_told_across_scripts():
    source = paragraphs("They went to Stepanakert.", "They went to Khojaly.", "They went to Baku.")
    assert pairs(source, paragraphs("Ходжалыдан сонра getdilər.", "Они ушли."))[0] == (1, 0)
    assert pairs(source, paragraphs("به استپاناکرت رفتند.", "رفتند به باکو."), "fa")[0] == (0, 0)


@pytest.mark.parametrize(
    "forms",
    [
        {"en": "Khojaly", "az": "Xocalıda", "ru": "Ходжалы", "fa": "خوجالی", "de": "Chodschali", "tr": "Hocalı’da"},
        {"en": "Stepanakert", "ru": "Степанакерта", "fa": "استپاناکرت", "ka": "სტეფანაკერტი", "hy": "Ստեփանակերտում"},
        {"en": "Azerbaijan", "az": "Azərbaycanın", "ru": "Азербайджану", "fa": "آذربایجان", "ka": "აზერბაიჯანი"},
        {"en": "Aghdam", "az": "Ağdamdan", "ru": "Агдам", "fa": "آغدام", "tr": "Ağdam"},
        {"en": "Armenian", "ru": "Армянские", "fa": "ارمنی", "hy": "Արմենիա", "fr": "Arménie"},
    ],
    ids=lambda forms: forms["en"],
)
def test_a_name_keeps_its_skeleton_in_every_script(forms):
    assert len({name_keys(word.partition("’")[0], tag)[0] for tag, word in forms.items()}) == 1


def test_other_names_have_other_skeletons():
    words = ("Khojaly", "Stepanakert", "Azerbaijan", "Aghdam", "Armenian", "Memorial", "Svoboda", "Thomas")
    assert len({skeleton(word, "en")[:3] for word in words}) == len(words)


def test_code_and_addresses_are_told():
    source = paragraphs("Run it.", "Run `make all` now.", "See [this](https://example.org/a).")
    target = paragraphs("Смотрите [тут](https://example.org/a).")
    assert pairs(source, target) == [(2, 0)]
    assert pairs(source, paragraphs("Теперь `make all`.")) == [(1, 0)]


def test_footnotes_that_are_called_otherwise_do_not_part_a_pair():
    source = paragraphs("Many died.[^hrw]", "Some fled.[^mfa]")
    assert pairs(source, paragraphs("Многие погибли.[^1]", "Бежали.[^2]")) == [(0, 0), (1, 1)]


def test_blocks_of_other_kinds_are_no_pair():
    source = [Block("heading 2", 0, "The night"), Block("table cell", 1, "613")]
    target = [Block("paragraph", 1, "Ночь"), Block("heading 2", 0, "Ночь")]
    assert pairs(source, target) == [(0, 1)]


# --- how sure --------------------------------------------------------------------------------------------------------


def test_what_could_as_well_be_another_is_not_sure():
    source = paragraphs("They left early.", "They came later.")
    (pair,) = align(source, paragraphs("Они ушли рано."), "en", "ru")
    sure = align(paragraphs("They left 613.", "They came 485."), paragraphs("Они ушли 485."), "en", "ru")
    assert pair.confidence < 0.6
    assert [(item.source, item.confidence > 0.8) for item in sure] == [(1, True)]


def test_a_shift_of_a_third_is_followed():
    own = [f"Words about {number} and Name{number % 7}" for number in range(300)]
    source, target = (
        paragraphs(*own),
        paragraphs(*own[100:], *(f"Nothing at all, {number}" for number in range(900, 1000))),
    )
    assert pairs(source, target, "en") == [(number, number - 100) for number in range(100, 300)]


def test_nothing_aligns_with_nothing():
    assert align([], paragraphs("Words"), "en", "ru") == align(paragraphs("Words"), [], "en", "ru") == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(Block, st.sampled_from(["paragraph", "heading 1"]), st.integers(0, 2), st.text(max_size=30))),
    st.lists(st.builds(Block, st.sampled_from(["paragraph", "term"]), st.integers(0, 2), st.text(max_size=30))),
    st.sampled_from(LANGUAGES),
)
def test_any_texts_are_aligned_in_order_and_once(source, target, tag):
    found = align(source, target, "en", tag)
    assert all(0 <= pair.confidence <= 1 for pair in found)
    for places in ([pair.source for pair in found], [pair.target for pair in found]):
        assert places == sorted(set(places))
