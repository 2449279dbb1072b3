"""Marks at both ends, quotation marks, lengths, directions, and what editing programs leave behind."""

import pytest

from stele.diagnostics import Location
from stele.language.quotation import quotation_marks
from stele.language.tags import language
from stele.language.visual_order import visual_order
from stele.language.width import width_em
from stele.sources.vocabulary import Vocabulary
from stele.translation.review.directions import loose_direction
from stele.translation.review.editors import accelerator, control_character
from stele.translation.review.length import too_long
from stele.translation.review.pair import Pair
from stele.translation.review.punctuation import changed_punctuation
from stele.translation.review.quotation import foreign_quotes

PAGE, SITE = "locales/az/LC_MESSAGES/page.po", "locales/az/LC_MESSAGES/site.po"


def found(check, tag, source, translation, kind="", path=PAGE, source_tag="en", notes=()):
    comments = (f"type: {kind}", *notes) if kind else notes
    where = Location(path, 7)
    pair = Pair(
        source, translation, language(source_tag), language(tag), kind, False, comments, where, Vocabulary((), ())
    )
    return [item.message for item in check(pair)]


# --- leading and trailing punctuation and space ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation", "message"),
    [
        ("az", "It was night.", "Gecə idi", "the source ends with a full stop, the translation with none"),
        ("ru", "What happened", "Что произошло.", "the translation ends with a full stop, the source with none"),
        ("tr", "Who knew?", "Kim biliyordu.", "the source ends with a question mark, the translation with a full stop"),
        ("fa", "What happened?", "چه روی داد?", "the translation ends with “?” instead of “؟”"),
        ("ar", "who came,", "من جاء,", "the translation ends with “,” instead of “،”"),
        ("fa", "In *Svoboda*:", "در *Svoboda*.", "the source ends with a colon, the translation with a full stop"),
        ("el", "Who knew?", "Ποιος ήξερε?", "the translation ends with “?” instead of “;”"),
        ("hy", "It was night.", "Գիշեր էր", "the source ends with a full stop, the translation with none"),
        ("hy", "Who knew?", "Ով գիտեր։", "the source ends with a question mark, the translation with a full stop"),
        ("zh", "It was night.", "那是夜里.", "the translation ends with “.” instead of “。”"),
        (
            "hi",
            "It was night.",
            "रात थी!",
            "the source ends with a full stop, the translation with an exclamation mark",
        ),
        ("es", "Who knew?", "Quién lo sabía?", "a question mark at the end has no “¿” in front"),
        ("fr", "Who knew?", "Qui savait?", "no space stands before “?” at the end"),
        ("de", "Who knew?", "Wer wusste es ?", "a space stands before “?” at the end"),
        ("de", "… and so on", "und so weiter", "the source begins with an ellipsis, the translation with none"),
        ("ru", "He came", "— Он пришёл", "the translation begins with a dash, the source with none"),
        ("az", "so it was...", "belə idi.", "the source ends with an ellipsis, the translation with a full stop"),
        ("az", "of", " və", "the translation begins with white space, the source has none"),
        ("ka", " of ", " და", "the source ends with white space, the translation does not"),
        ("az", "So.[^a]", "Belə[^a]", "the source ends with a full stop, the translation with none"),
    ],
)
def test_other_marks_at_the_ends_are_found(tag, source, translation, message):
    assert found(changed_punctuation, tag, source, translation) == [message]


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("fa", "What happened?", "چه روی داد؟"),
        ("ar", "Who came, and when;", "من جاء، ومتى؛"),
        ("el", "Who knew?", "Ποιος ήξερε;"),
        ("hy", "Who knew?", "Ո՞վ գիտեր։"),
        ("zh", "Who knew?", "谁知道？"),
        ("hi", "It was night.", "रात थी।"),
        ("es", "Who knew?", "¿Quién lo sabía?"),
        ("es", "But who knew?", "Pero ¿quién lo sabía?"),
        ("fr", "Who knew?", "Qui savait\u202f?"),
        ("fr-CA", "Who knew?", "Qui savait?"),
        ("th", "It was night.", "ตอนนั้นเป็นเวลากลางคืน"),
        ("ru", "in December 1994", "в декабре 1994 г."),
        ("ru", "and others", "и др."),
        ("az", "p.", "səh."),
        ("fa", "p.", "ص"),
        ("de", "chapter 3", "Kapitel 3."),
        ("ru", "see [What happened](a.md).", "см. главу «[Что произошло](a.md)»."),
        ("ru", "A statement.[^a]", "Заявление[^a]."),
        ("de", "“So it is.”", "„So ist es.“"),
        ("az", "others “massacre”?", "başqaları “qətliam” deyir?"),
        ("fr", "“He came.”", "— Il est venu."),
        ("ru", "the dead", "погибшие;"),
        ("tr", "Read `this.`", "Oku `this.`"),
        ("uk", "the 5 °C below", "–5 °C"),
        ("he", "He came…", "הוא בא..."),
        ("de", "He came…", "Er kam …"),
    ],
)
def test_each_language_has_its_own_marks(tag, source, translation):
    kind = "list item" if translation.endswith(";") and tag == "ru" else "paragraph"
    assert found(changed_punctuation, tag, source, translation, kind) == []


def test_marks_of_the_source_are_those_of_its_language():
    assert found(changed_punctuation, "en", "چه روی داد؟", "What happened?", source_tag="fa") == []
    assert found(changed_punctuation, "az", "Что произошло?", "Nə baş verdi.", source_tag="ru") == [
        "the source ends with a question mark, the translation with a full stop"
    ]


# --- quotation marks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "translation", "message"),
    [
        ("az", 'belə "qətliam" deyilir', "“\"qətliam\" deyilir” has straight quotation marks"),
        ("az", "„qətliam“ deyilir", "“„qətliam“ deyilir” has quotation marks of another language"),
        ("ru", "пишут “резня”", "““резня”” has quotation marks that stand only within others"),
        ("ru", "пишут 'резня'", "“'резня'” has straight quotation marks"),
        ("ru", "пишут «резня", "“«резня” has a quotation mark without its fellow"),
        ("ru", "пишут « резня »", "“« резня »” has a space within its quotation marks"),
        ("tr", "buna «katliam» deniyor", "“«katliam» deniyor” has quotation marks of another language"),
        ("de", "man sagt “Massaker”", "““Massaker”” has quotation marks of another language"),
        ("de", "man sagt «Massaker»", "“«Massaker»” has quotation marks of another language"),
        ("de", "man sagt „Massaker”", "“”” has quotation marks of another language"),
        ("fr", "on dit “massacre”", "““massacre”” has quotation marks that stand only within others"),
        ("fr", "on dit «massacre»", "“«massacre»” has no space within its quotation marks"),
        ("fa", 'می‌گویند "قتل‌عام"', "“\"قتل‌عام\"” has straight quotation marks"),
        ("fa", "می‌گویند “قتل‌عام”", "““قتل‌عام”” has quotation marks that stand only within others"),
        ("fa", "می‌گویند قتل‌عام»", "“»” has a quotation mark without its fellow"),
        ("en", "they say «massacre»", "“«massacre»” has quotation marks of another language"),
        ("en", "they say ``massacre''", "“``massacre''” has straight quotation marks"),
    ],
)  # fmt: skip
def test_foreign_straight_and_lonely_quotation_marks_are_found(tag, translation, message):
    assert found(foreign_quotes, tag, "they say so", translation) == [message]


@pytest.mark.parametrize(
    ("tag", "translation"),
    [
        ("az", "“qətliam” və «faciə»; Xocalı’nın, Xocalı'nın"),
        ("tr", "“katliam” ve ‘facia’; 1992’de, Hocalı'da"),
        ("ru", "он сказал: «Это „резня“», и д’Артаньян"),
        ("ru", "«ООО «Ромашка»»"),
        ("uk", "м’ята, п'ять, «різанина»"),
        ("de", "„Massaker“, »Massaker«, ‚Wort‘, Hans’ Haus"),
        ("de-CH", "«Massaker»"),
        ("fr", "l’église, l'église, «\u00a0le mot “massacre”\u00a0», d’« événements »"),
        ("fa", "«قتل‌عام» و «گفت: ‹نه›»"),
        ("ar", "«مجزرة» و“مأساة”"),
        ("he", "צה\"ל אמר ”טבח” וגם “טבח”"),
        ("en", "he is 5'10\" tall; 12\" and 40°16'; the dogs' home; '90s"),
        ("en", "the “‘so-called’ events”, rock ’n’ roll, Qur’an, ‘Ali"),
        ("ka", "„მკვლელობა“"),
        ("zh", "他说“屠杀”和《书》"),
        ("hy", "«ջարդ»"),
        ("el", "«σφαγή»"),
        ("hu", "„mészárlás”"),
        ("sv", "”massaker”"),
        ("ru", 'код `"x"` и <span title="a">«слово»</span>'),
        ("ru", 'книга <span lang="en">The “Black” Garden</span> и «Сад»'),
        ("fa", '«<span lang="en">Black “Garden”</span>»'),
        ("en", "an escaped 5&quot; pipe and ```"),
    ],
)  # fmt: skip
def test_apostrophes_inches_and_the_marks_of_a_language_are_right(tag, translation):
    assert found(foreign_quotes, tag, "they say so", translation) == []


def test_a_passage_in_another_language_has_its_marks():
    messages = found(foreign_quotes, "ru", "it says so", 'книга <span lang="en">The «Black» Garden</span>')
    assert messages == ["“«Black» Garden” has quotation marks of another language"]


def test_a_quotation_that_goes_on_is_open_in_the_source_too():
    assert found(foreign_quotes, "ru", "“He came. And", "«Он пришёл. И") == []
    assert found(foreign_quotes, "ru", "“He came.”", "«Он пришёл.") == [
        "“«Он пришёл.” has a quotation mark without its fellow"
    ]


@pytest.mark.parametrize(
    ("tag", "usual"),
    [("az", "“…”"), ("ru", "«…»"), ("de", "„…“"), ("fr", "«\u00a0…\u00a0»"), ("fa", "«…»"), ("xx", None)],
)
def test_the_hint_names_the_usual_marks(tag, usual):
    marks = quotation_marks(tag)
    assert (marks.usual if marks else None) == usual


# --- length ----------------------------------------------------------------------------------------------------------

SHORT = "short title for the head of the page"
HEAD = "2 lines in the head of the page, which holds 1"
CHAPTER = "3 lines in the head of a chapter, which holds 2"
FOOT = "2 lines in the foot of the title page, which holds 1"


@pytest.mark.parametrize(
    ("tag", "kind", "path", "translation", "place"),
    [
        ("de", SHORT, PAGE, "Was die Parlamente verabschiedeten und was andere dazu sagten", HEAD),
        ("ru", SHORT, PAGE, "Что приняли парламенты и другие органы разных стран всего мира", HEAD),
        ("fa", SHORT, PAGE, "آنچه پارلمان‌ها و دیگران تصویب کردند و آنچه گزارشگران دربارهٔ آن در روزنامه‌ها نوشتند", HEAD),
        ("zh", SHORT, PAGE, "各国议会和其他机构通过的决议" * 4, HEAD),
        ("tr", "title", PAGE, "Parlamentoların ve başkalarının kabul ettiği metinler " * 2, CHAPTER),
        ("az", "subtitle", SITE, "uzun bir alt başlıq " * 9, "4 lines in the cover, which holds 3"),
        ("ru", "imprint.place", SITE, "Сан-Франциско, Калифорния, Соединённые Штаты", FOOT),
    ],
)
def test_what_its_place_cannot_hold_is_found(tag, kind, path, translation, place):
    text = " ".join(translation.split())
    assert found(too_long, tag, "Words", translation, kind, path) == [f"“{text[:60]}” takes about {place}"]


@pytest.mark.parametrize(
    ("tag", "kind", "path", "translation"),
    [
        ("de", SHORT, PAGE, "Verabschiedete Texte der Parlamente"),
        ("ru", SHORT, PAGE, "Что приняли парламенты и другие органы"),
        ("fa", SHORT, PAGE, "آنچه پارلمان‌ها و دیگران تصویب کردند و گفتند و نوشتند"),
        ("hi", SHORT, PAGE, "संसदों और अन्य निकायों ने जो अपनाया"),
        ("fr", "title", PAGE, "Ce qu’ont adopté des parlements et d’autres instances"),
        ("ru", "paragraph", PAGE, "слово " * 300),
        ("az", "description", SITE, "Xocalıda öldürülən insanların xatirəsinə həsr olunmuş kitabça. " * 3),
    ],
)
def test_what_fits_is_right(tag, kind, path, translation):
    assert found(too_long, tag, "Words", translation, kind, path) == []


@pytest.mark.parametrize(
    ("tag", "translation", "messages"),
    [
        ("ru", "слова подлиннее", ["“слова подлиннее” has 15 characters, the author asks for at most 12"]),
        ("az", "uzun bir mətn", ["“uzun bir mətn” has 13 characters, the author asks for at most 12"]),
        ("fa", "متن‌هایی بسیار بلند", ["“متن‌هایی بسیار بلند” has 18 characters, the author asks for at most 12"]),
        ("fa", "می‌گویم باز", []),
        ("az", "**qısa** mətn", []),
        ("hi", "हिन्दी में", []),
    ],
)
def test_an_author_sets_a_limit_in_a_note(tag, translation, messages):
    notes = ("for the map; at most 12 characters",)
    assert found(too_long, tag, "Words", translation, "paragraph", notes=notes) == messages


def test_a_limit_in_other_words_is_none():
    notes = ("under: at most forty people", "max. 5 characters")
    assert found(too_long, "az", "Words", "uzun mətn", "paragraph", notes=notes) == []


def test_widths_are_those_of_the_script():
    assert width_em("中文") == 2.0
    assert width_em("e\u0301") == width_em("e")
    assert width_em("می\u200cشود") == width_em("میشود")


# --- directions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "translation", "run"),
    [
        ("fa", "زبان C++", "C++"),
        ("fa", "گزارش HRW، ۱۹۹۲", "HRW"),
        ("ar", "1905.az وخوجالي", "1905.az"),
        ("he", "הספר #khojaly", "#khojaly"),
        ("az", "خوجالی 1992", "خوجالی"),
        ("ru", "Хроника «חוג׳לי» 1992", "חוג׳לי"),
    ],
)
def test_a_run_that_would_be_displayed_in_a_wrong_order_is_found(tag, translation, run):
    expected = [f"“{run}” would be displayed in a wrong order, with what stands beside it"]
    assert found(loose_direction, tag, "Words", translation, "title") == expected


@pytest.mark.parametrize(
    ("tag", "translation"),
    [
        ("fa", "دیدبان حقوق بشر (Human Rights Watch)"),
        ("fa", "گزارش HRW در ۱۹۹۲"),
        ("fa", "خوجالی، ۲۶ فوریهٔ ۱۹۹۲"),
        ("fa", "گزارش \u2066HRW\u2069، ۱۹۹۲"),
        ("ar", "گزارش HRW\u200f، ۱۹۹۲"),
        ("he", "הספר (Khojaly), 1992"),
        ("az", "Xocalı (خوجالی), 26 fevral"),
        ("ru", "Ходжалы, 26 февраля 1992 г."),
        ("az", "\u2067خوجالی\u2069 1992"),
    ],
)
def test_what_is_displayed_in_order_needs_no_mark(tag, translation):
    assert found(loose_direction, tag, "Words", translation, "title") == []


def test_the_program_isolates_runs_of_the_body_by_itself():
    assert found(loose_direction, "fa", "Words", "زبان C++", "paragraph") == []


@pytest.mark.parametrize(
    ("tag", "translation", "messages"),
    [
        ("fa", "گزارش \u2066HRW", ["the left-to-right isolate (U+2066) has no other half"]),
        ("az", "bu \u2067خوجالی sözü", ["the right-to-left isolate (U+2067) has no other half"]),
        ("ru", "это \u202bخوجالی слово", ["the right-to-left embedding (U+202B) has no other half"]),
        ("ar", "هذا\u2069", ["the pop directional isolate (U+2069) has no other half"]),
        ("fa", "گزارش \u2068HRW\u2069", []),
        ("az", "bu \u202bخوجالی\u202c sözü", []),
        ("fa", "۳۳۳-۲۰۱۳\u200e", []),
    ],
)
def test_isolates_and_embeddings_are_closed(tag, translation, messages):
    assert found(loose_direction, tag, "Words", translation, "paragraph") == messages


@pytest.mark.parametrize(
    ("direction", "text", "displayed"),
    [
        ("ltr", "abc", "abc"),
        ("rtl", "אבג", "גבא"),
        ("rtl", "א (b) ג", "ג )b( א"),
        ("ltr", "a אב 12 c", "a 12 בא c"),
        ("rtl", "א 1-2", "1-2 א"),
        ("rtl", "ا 1-2", "2-1 ا"),
        ("rtl", "a++", "++a"),
        ("rtl", "\u2066a++\u2069 א", "א \u2069a++\u2066"),
        ("ltr", "\u202eabc\u202c", "cba"),
    ],
)
def test_the_order_of_display_is_that_of_unicode(direction, text, displayed):
    assert "".join(text[index] for index in visual_order(text, direction)) == displayed


# --- what editing programs leave -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "translation", "word"),
    [
        ("az", "&Fayl", "&Fayl"),
        ("ru", "_Файл", "_Файл"),
        ("ru", "Вы&ход", "Вы&ход"),
        ("ru", "Вы_ход", "Вы_ход"),
        ("zh", "文件(&F)", "(&F)"),
        ("fa", "_پرونده", "_پرونده"),
        ("ja", "ファイル(_F)", "(_F)"),
    ],
)
def test_accelerators_are_found(tag, translation, word):
    assert found(accelerator, tag, "File", translation) == [f"“{word}” holds a keyboard accelerator"]


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("az", "AT&T", "AT&T, R&D və Q & A"),
        ("ru", "a &amp; b&nbsp;c", "а &amp; б&nbsp;в &mdash; г"),
        ("fa", "the file snake_case", "پروندهٔ snake_case"),
        ("ru", "_emphasis_ and __strong__", "_выделение_ и __сильное__"),
        ("de", "[x](https://example.org/?a=1&b=2)", "[x](https://example.org/?a=1&bild=2) und https://e.org/_foo&bar"),
        ("tr", "`&File`", "`&Dosya`"),
        ("ka", "&File", "&ფაილი"),
        ("fr", "Smith & Co, &c.", "Smith & Cie, &c."),
        ("az", "{a_b} %(c_d)s", "{a_b} %(c_d)s"),
    ],
)
def test_other_ampersands_and_underscores_are_right(tag, source, translation):
    assert found(accelerator, tag, source, translation) == []


@pytest.mark.parametrize(
    ("tag", "translation", "message"),
    [
        ("az", "Xo\u200bcalı", "U+200B (zero width space) stands near “Xocalı”"),
        ("ru", "Ход\u200cжалы", "U+200C (zero width non-joiner) stands near “Ходжалы”"),
        ("fa", "خوجالی\ufeff", "U+FEFF (zero width no-break space) stands near “خوجالی”"),
        ("tr", "Hocal\ufffd", "U+FFFD (replacement character) stands near “Hocal”"),
        ("de", "eine\u0007 Zeile", "U+0007 (a control) stands near “eine Zeile”"),
        ("de", "eine\u0085Zeile", "U+0085 (a control) stands near “eineZeile”"),
        ("fr", "une\u2028ligne", "U+2028 (line separator) stands near “uneligne”"),
        ("he", "חוג\ue001לי", "U+E001 (of private use) stands near “חוגלי”"),
        ("hy", "Խոջ\uffffալու", "U+FFFF (no character) stands near “Խոջալու”"),
        ("ka", "ხოჯალი\U000e0041", "U+E0041 (tag latin capital letter a) stands near “ხოჯალი”"),
        ("ru", "Ход&#8203;жалы", "U+200B (zero width space) stands near “Ходжалы”"),
        ("az", "bir\tiki", "U+0009 (a control) stands near “biriki”"),
    ],
)
def test_control_characters_are_found(tag, translation, message):
    assert found(control_character, tag, "Words", translation) == [message]


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("fa", "says", "می‌گوید HRW‌ها"),
        ("hi", "Hindi", "हिन्\u200dदी क\u094d\u200cष"),
        ("az", "a family 👨\u200d👩\u200d👧", "ailə 👨\u200d👩\u200d👧"),
        ("en", "England", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
        ("de", "remembrance", "Erinnerungs\u00adkultur, 1992\u2060-ci"),
        ("th", "words", "คำ\u200bคำ"),
        ("fa", "333-2013", "\u200e۳۳۳-۲۰۱۳\u200e \u2066a\u2069"),
        ("ru", "one\ttwo", "раз\tдва"),
        ("ru", "one two", "раз\nдва"),
        ("az", "a sign \ue001", "işarə \ue001"),
    ],
)
def test_joiners_have_a_use_in_some_scripts(tag, source, translation):
    assert found(control_character, tag, source, translation) == []


@pytest.mark.parametrize(
    "piece", ["«", "“a ", "'a", '"', "‘a ", "a'", "(", "ا(", "ا1 ", "_a ", "&a", "…", ". ", "\u2066", "a.b"]
)
def test_long_texts_of_marks_are_read_soon(piece):
    text = piece * (20_000 // len(piece))
    for check in (changed_punctuation, foreign_quotes, too_long, loose_direction, accelerator, control_character):
        found(check, "ru", "Text.", text, "title")
