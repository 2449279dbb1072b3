"""Spaces, joints, dashes and quotation marks as the printers of each language set them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stele.language.typography import typeset, typeset_pieces
from stele.sources import fragments

TAGS = ["en", "az", "az-Cyrl", "az-Arab", "ru", "tr", "de", "fr", "es", "it", "pl", "uk", "ka", "hy", "fa", "ar", "he"]
SIGNS = str.maketrans({"\u00a0": "_", "\u202f": "^", "\u2060": "|"})


def shown(text: str, tag: str) -> str:
    return typeset(text, tag).translate(SIGNS)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "“aaa ‘bbb’ ccc”"),
        ("az", "“aaa «bbb» ccc”"),
        ("az-Cyrl", "«aaa „bbb“ ccc»"),
        ("az-Arab", "«aaa ‹bbb› ccc»"),
        ("ru", "«aaa „bbb“ ccc»"),
        ("tr", "“aaa ‘bbb’ ccc”"),
        ("de", "„aaa ‚bbb‘ ccc“"),
        ("fr", "«_aaa “bbb” ccc_»"),
        ("es", "«aaa “bbb” ccc»"),
        ("it", "«aaa “bbb” ccc»"),
        ("pl", "„aaa «bbb» ccc”"),
        ("uk", "«aaa „bbb“ ccc»"),
        ("ka", "„aaa ‚bbb‘ ccc“"),
        ("hy", "«aaa “bbb” ccc»"),
        ("fa", "«aaa ‹bbb› ccc»"),
        ("ar", "«aaa ‹bbb› ccc»"),
        ("he", "”aaa ’bbb’ ccc”"),
    ],
)
def test_straight_quotation_marks_become_those_of_the_language(tag, expected):
    assert shown('"aaa "bbb" ccc"', tag) == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "a - b -- c --- d", "a_– b_– c_— d"),
        ("ru", "а - б – в", "а_— б_– в"),
        ("en", "It's the 'word' ...", "It’s the 'word'_…"),
        ("uk", "п'ять", "п’ять"),
        ("he", "ג'ורג' עמ' 12 ה-90", "ג׳ורג׳ עמ׳_12 ה־|90"),
        ("he", 'צה"ל', "צה״ל"),
        ("he", "ב־26 ה־33", "ב־|26 ה־|33"),
        ("en", '5\'10" and 12"', '5\'10" and 12"'),
        ("en", "1992-02-26", "1992-02-26"),
        ("en", "25–26 p. 12", "25–|26 p._12"),
        ("az", "1992-ci il, 52 kq, XX əsr", "1992-|ci_il, 52_kq, XX_əsr"),
        ("az-Cyrl", "1992-ҹи ил, 26 феврал", "1992-|ҹи_ил, 26_феврал"),
        ("ru", "в 1992 г. 33-я, XX век, № 5", "в_1992_г. 33-|я, XX_век, №_5"),
        ("uk", "у 1992 р. 33-тя", "у_1992_р. 33-|тя"),
        ("pl", "i w 1992 r. s. 12", "i_w_1992_r._s._12"),
        ("ka", "33-ე მე-2, 26 თებერვალს, 5 კმ-ში, XX საუკუნის", "33-|ე მე-|2, 26_თებერვალს, 5_კმ-ში, XX_საუკუნის"),
        ("de", '"er "hier""', "„er ‚hier‘“"),
        ("ru", '"он "дом""', "«он_„дом“»"),
        ("ru", "12 750 и 1992 100", "12_750 и_1992 100"),
        ("it", "un po' meno", "un po’ meno"),
        ("es", "26 de febrero, siglo XX", "26_de febrero, siglo_XX"),
        ("fr", "1er mars", "1er_mars"),
        ("he", "26 בפברואר", "26_בפברואר"),
        ("zh", "词 - 词...", "词——词……"),
        ("hy", "33-րդ 26-ի", "33-|րդ 26-|ի"),
        ("ja", '彼女は"はい"と言い', "彼女は「はい」と言い"),
        ("zh", '她说"是的"。', "她说“是的”。"),
        ("az", "BMT-nin ABŞ-ın", "BMT-|nin ABŞ-|ın"),
        ("ka", "Watch-ის", "Watch-|ის"),
        ("tr", "1992'de 26 Şubat, XX. yüzyıl", "1992’de 26_Şubat, XX._yüzyıl"),
        ("fr", "Quoi ? «Non» : si !", "Quoi^? «_Non_»_: si^!"),
        ("az", "H. Z. Nümunəli", "H._Z._Nümunəli"),
        ("en", "10 % or 5 km", "10_% or 5_km"),
    ],
)
def test_small_things(tag, text, expected):
    assert shown(text, tag) == expected


@given(st.sampled_from(TAGS), st.text(alphabet="aбəא1 9-–—.,'\"«»“”„‘’…:;!?№%XV\u00a0\u2060ilгр", max_size=60))
def test_twice_is_once_and_letters_stay(tag, text):
    once = typeset(text, tag)
    assert typeset(once, tag) == once
    assert [char for char in once if char.isalnum()] == [char for char in text if char.isalnum()]


def test_a_quotation_goes_on_through_a_phrase():
    root = fragments.parse('<p>He said "<em>yes</em>" and "<b>no</b>", "so".</p>')
    fragments.settle(root, "en")
    assert fragments.serialize(root) == "<p>He said “<em>yes</em>” and “<b>no</b>”, “so”.</p>"


def test_code_is_left_as_it_is():
    root = fragments.parse('<p>"a" <code>print("x") - 1</code></p>')
    fragments.settle(root, "de")
    assert fragments.serialize(root) == '<p>„a“ <code>print("x") - 1</code></p>'


def test_a_phrase_in_another_language_is_set_by_that_language():
    root = fragments.parse('<p>"a" <span lang="de">"b" - c</span></p>')
    fragments.settle(root, "en")
    assert fragments.serialize(root) == '<p>“a” <span lang="de">„b“\u00a0– c</span></p>'


@pytest.mark.parametrize(
    ("pieces", "tag", "expected"),
    [
        (["в ", "2019", " году"], "ru", ["в\u00a0", "2019", "\u00a0году"]),
        (["Said", " “A”"], "en", ["Said", " “A”"]),
        (["am ", "3. Juli", " kam"], "de", ["am ", "3.\u00a0Juli", " kam"]),
    ],
)
def test_pieces_of_one_text_are_set_as_the_whole_is(pieces, tag, expected):
    assert typeset_pieces(pieces, tag) == expected
    assert "".join(expected) == typeset("".join(pieces), tag)
