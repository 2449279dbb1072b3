"""Names sort by the alphabet of the language and stand under its letters: hard letters, parts of names, ICU's order."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stele.language.casing import capitalize
from stele.language.collation import icu
from stele.language.collation.keys import Group, grouped, heading, name_key, sort_key

# By hand, from dictionaries and telephone books of each language.
IN_ORDER = {
    "az": (
        "Abbasov Bağırov Cəfərov Çobanov Dadaşov Eldarov Əhmədov Əliyev Fərəcov Gözəlov Ğafar Hüseynov Xəlilov Xocalı "
        "Iğdır Ilqar İbrahimov İsmayılov Jalə Kərimov Qasımov Quliyev Lətifov Orucov Ömərov Rüstəmov Səfərov Şükürov "
        "Tağıyev Umudov Üzeyir Vəliyev Yaqubov Zülfüqarov Wilson"
    ),
    "az-Cyrl": (
        "Аббасов Бағыров Вәлијев Гулијев Ғафар Дадашов Елдаров Әлијев Жалә Зүлфүгаров Ибраһимов Ығдыр Јагубов Кәримов "
        "Ҝөзәлов Ләтифов Мәммәдов Оруҹов Өмәров Рүстәмов Тағыјев Умудов Үзејир Фәрәҹов Хәлилов Һүсејнов Чобанов "
        "Ҹәфәров Шүкүров"
    ),
    "az-Arab": (
        "آذر آراز احمد اسماعیل بهروز پروین ترلان ثریا جعفر چنگیز حسین خلیل ذاکر رستم زهرا ژاله شکور صفر علی غفار "
        "فرهاد قاسم کریم گوزل لطیف محمد نسیمی ولی هاشم یعقوب"
    ),
    "en": "Abbott Ali Álvarez Alvaro Brontë Brown D'Arcy Éluard Fox Østby Quinn Zoë",
    "ru": (
        "Абрамов Егоров Ёлкин Ермаков Жуков Иванов Йованович Кузнецов Фёдор Федоров Цветков Чехов Шишкин Щукин "
        "Эренбург Юсупов Яковлев"
    ),
    "tr": "Aydın Cem Çelik Demir Gül Işık İnönü Jale Kaya Oğuz Öztürk Sarı Şahin Uçar Ünal Yılmaz Zorlu",
    "de": "Arndt Ärzte Bauer Goethe Göthe Gott Muller Müller Müllner Öhler Ost Strasse Straße Strauss Über Zöllner",
    "fr": "Aubry Cote Coté Côte Côté Dupont Élie Emma Ève Lœb Loeffler Œdipe Ouest Zoé",
    "es": "Álvarez Castro Chávez Cruz Llorente López Luna Nunez Núñez Nuño Ñáñez Ocampo Peña Zúñiga",
    "it": "Abbà Bellini Cantù D’Annunzio Dandolo Esposito Forlì Mosè Nicolò Rossi Salò Zeno",
    "pl": (
        "Adamski Ącki Borowski Cyran Ćwik Dąb Ewa Ęcki Lis Łada Maj Nowak Ńuk Orski Ósmak Sowa Śliwa Zając Źrebiec Żak"
    ),
    "uk": (
        "Антоненко Гавриленко Ґалаґан Данилюк Енгель Єременко Жук Зінченко Ивко Іваненко Їжак Йосипенко Кравчук "
        "Мар’яненко Маряненко Цимбал Чорновіл Шевченко Щербак Юрченко Яценко"
    ),
    "ka": (
        "აბაშიძე ბერიძე გელაშვილი დვალი ერისთავი ვაჩნაძე ზაქარაია თამარი იოსელიანი კობახიძე ლომიძე ჟვანია რუსთაველი "
        "სააკაშვილი ტაბიძე უგრეხელიძე ფირალიშვილი ქავთარაძე ღამბაშიძე ყაზბეგი შევარდნაძე ჩხეიძე ცხადაძე ძნელაძე "
        "წერეთელი ჭავჭავაძე ხარაიშვილი ჯავახიშვილი ჰაინდრავა"
    ),
    "hy": (
        "Աբովյան Բաբաջանյան Գրիգորյան Դավթյան Եսայան Եվա Զաքարյան Էմին Թումանյան Ժամկոչյան Իսահակյան Լևոն Խաչատրյան "
        "Ծատուրյան Կարապետյան Հովհաննիսյան Ղազարյան Ճուղուրյան Մարտիրոսյան Յոլյան Նազարյան Շահինյան Ոսկանյան "
        "Ուլիխանյան Չարենց Պետրոսյան Ջրբաշյան Սարգսյան Վարդանյան Տերյան Րաֆֆի Փափազյան Քոչարյան Օհանյան Ֆերմանյան"
    ),
    "fa": (
        "آقایی آهی ابراهیمی احمدی بهرامی پارسا تهرانی ثابت جعفری چمران حافظ خیام دهخدا ذوالفقاری رازی رئوف رستمی ژاله "
        "سعدی شیرازی صفوی طاهری عطار غزالی فردوسی قاجار کاشانی گلستانی لطفی مولوی نیما وحیدی هدایت یوسفی"
    ),
    "ar": (
        "آدم آمنة إبراهيم أحمد أسامة باسم تميم ثابت جمال حسن خالد داود ذهبي رشيد زينب سعيد شريف صالح ضياء طارق ظافر "
        "عمر غسان فاطمة قاسم كريم ليلى محمد نور هاني وليد يوسف"
    ),
    "he": ("אברהם בנימין גד דוד הלל וייס זאב חיים טוביה יוסף כהן לוי מזרחי נחום סגל עמוס פרץ צבי קפלן רבין שרון תמיר"),
    "hi": (
        "अजय आनंद इंदिरा ईश्वर उमा ऊषा ऋषि एकता ओम क़मर कमल ख़ान गीता चंद्र जगत टीना दीपक नेहरू पटेल बोस मीरा यादव "
        "राम लाल वर्मा शर्मा सिंह हरि"
    ),
    "ja": (
        "あべ アリエフ イワノフ ガガーリン かとう がとう サトウ ハリロフ はんだ 安倍 伊藤 加藤 佐久間 佐々木 佐藤 "
        "山田 村上 中村 田中 林 鈴木 和田"
    ),
    "zh": "安 白 陈 邓 方 高 郭 韩 黄 江 孔 李 刘 马 欧 彭 秦 任 孙 唐 王 魏 吴 徐 闫 杨 张 赵 周",
}
HEADINGS = {
    "az": ("ibad", "İ", "Iğdır", "I", "çiçək", "Ç", "Əli", "Ə", "Ğafar", "Ğ", "Élan", "E", "ñoño", "N", "Иван", "А–Я"),
    "az-Cyrl": ("ҝүл", "Ҝ", "Һүсејн", "Һ", "ыр", "Ы", "Ёлкин", "Е", "Əli", "A–Z"),
    "az-Arab": ("آذر", "آ", "احمد", "ا", "أحمد", "ا", "هاشم", "ه", "كريم", "ک"),
    "en": ("ælfric", "A", "Øst", "O", "Əli", "Ə", "1992", "#", "‘t Hart", "#", "", "#", "ไทย", "…", "王", "一–龥"),
    "ru": ("ёлка", "Е", "йод", "Й", "щука", "Щ", "Zed", "A–Z", "Աբ", "Ա–Ֆ", "დვალი", "ა–ჰ"),
    "tr": ("ışık", "I", "irem", "İ", "İnci", "İ", "şen", "Ş", "îman", "İ"),
    "de": ("öhler", "O", "Ärzte", "A", "ßa", "S"),
    "fr": ("œuvre", "O", "Étienne", "E", "ça", "C"),
    "es": ("ñáñez", "Ñ", "Llosa", "L", "Ángel", "A"),
    "it": ("Èrcole", "E", "d’Este", "D"),
    "pl": ("ćma", "Ć", "łąka", "Ł", "żak", "Ż", "źrebię", "Ź", "Ósmak", "Ó"),
    "uk": ("ґанок", "Ґ", "їжак", "Ї", "іва", "І", "єва", "Є"),
    "ka": ("აბაშიძე", "ა", "ᲐᲑᲐᲨᲘᲫᲔ", "ა", "ჰერი", "ჰ"),
    "hy": ("ուլի", "Ո", "և", "Ե", "Եվա", "Ե", "օհան", "Օ"),
    "fa": ("آهی", "آ", "أحمد", "ا", "ي", "ی", "ژاله", "ژ"),
    "ar": ("آمنة", "ا", "إبراهيم", "ا", "ؤ", "ا", "ةا", "ت", "ىا", "ي", "پ", "پ"),
    "he": ("ךא", "כ", "שׂרה", "ש"),
    "hi": ("क़मर", "क", "आनंद", "आ"),
    "ja": ("ガガ", "か", "ぁ", "あ", "ン", "わ", "安倍", "ア", "佐藤", "サ", "弌", "一–龥", "Bob", "A–Z"),
    "zh": ("王", "W", "歐陽", "O", "陳", "C", "鑫", "X", "㐀", "一–龥", "Bob", "A–Z"),
}


def shuffled(names):
    return random.Random(26).sample(names, len(names))  # noqa: S311 (a fixed seed is the point)


@pytest.mark.parametrize("tag", IN_ORDER)
def test_names_shuffled_are_sorted_back(tag):
    expected = IN_ORDER[tag].split()
    assert sorted(shuffled(expected), key=lambda name: sort_key(name, tag)) == expected


@pytest.mark.parametrize("tag", HEADINGS)
def test_names_stand_under_the_letter_that_readers_look_for(tag):
    names, expected = HEADINGS[tag][::2], list(HEADINGS[tag][1::2])
    assert [heading(name, tag) for name in names] == expected


@pytest.mark.parametrize("tag", IN_ORDER)
def test_each_heading_comes_once_and_all_names_are_there(tag):
    names = [name for names in IN_ORDER.values() for name in names.split()]
    groups = grouped(names, tag, lambda name: (name,))
    headings = [group.heading for group in groups]
    assert len(headings) == len(set(headings))
    assert [name for group in groups for name in group.names] == sorted(names, key=lambda name: sort_key(name, tag))


@pytest.mark.parametrize(
    ("tag", "first"), [("az-AZ", "az"), ("az-Latn", "az"), ("ru-UA", "ru"), ("zh-Hant", "zh"), ("es-419", "es")]
)
def test_a_region_and_the_usual_script_do_not_change_the_order(tag, first):
    names = IN_ORDER[first].split()
    assert sorted(shuffled(names), key=lambda name: sort_key(name, tag)) == names


def test_another_script_of_a_language_has_another_alphabet():
    assert [heading("Ələkbər", tag) for tag in ("az", "az-Cyrl", "uk-Latn")] == ["Ə", "A–Z", "Ə"]


def test_own_names_come_before_those_in_other_scripts():
    names = ["王", "علی", "Ալի", "Əliyev", "Алиев", "ალი", "1992", "Ælfric", "Zaur", "Ωμέγα"]
    actual = [sorted(names, key=lambda name: sort_key(name, tag)) for tag in ("az", "ru")]
    rest = ["ალი", "Ալի", "علی", "王"]
    expected = [
        ["1992", "Ælfric", "Əliyev", "Zaur", "Ωμέγα", "Алиев", *rest],
        ["1992", "Алиев", "Ælfric", "Əliyev", "Zaur", "Ωμέγα", *rest],
    ]
    assert actual == expected


def test_the_parts_of_a_name_are_compared_each_by_itself():
    expected = [
        ("Əli", "Yusif", "Zaur"),
        ("Əliyev", "Əhməd", ""),
        ("Əliyev", "Əhməd", "Cabbar"),
        ("Əliyev", "Əhməd", "Çingiz"),
        ("Əliyev", "İsmayıl", "Abbas"),
        ("Əliyeva", "Aygün", "Abbas"),
        ("Əliyeva", "Xədicə", "Abbas"),
        ("Əliyeva", "Irana", "Abbas"),
    ]
    assert sorted(shuffled(expected), key=lambda name: name_key(name, "az")) == expected


def test_initials_sort_like_names():
    expected = [("Əliyev", "Ə."), ("Əliyeva", "A.")]
    assert sorted(shuffled(expected), key=lambda name: name_key(name, "az")) == expected


def test_a_family_stands_together_however_its_name_was_typed():
    composed, decomposed = "Çələbi", unicodedata.normalize("NFD", "Çələbi")
    expected = [(decomposed, "Aytən"), (composed, "Bahar"), (decomposed, "Ceyran"), (composed, "Dilbər")]
    assert sorted(shuffled(expected), key=lambda name: name_key(name, "az")) == expected


def test_families_that_differ_by_an_accent_do_not_mix():
    expected = [("Muller", "Anna"), ("Muller", "Zoe"), ("Müller", "Anna"), ("Müller", "Zoe")]
    assert sorted(shuffled(expected), key=lambda name: name_key(name, "de")) == expected


def test_who_has_no_family_name_is_sorted_by_the_given_name():
    names = [("", "Çingiz", "Abbas"), ("Cavadov", "Emin"), ("Dadaşov", "Əli")]
    actual = grouped(names, "az", lambda name: name)
    assert actual == [Group("C", (names[1],)), Group("Ç", (names[0],)), Group("D", (names[2],))]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", ["de la Cruz", "De la Cruz", "de-la-Cruz", "del Rio", "Dela Cruz"]),  # a space, a hyphen, letters
        ("az", ["Əliyev", "Əliyev-Zadə", "Əliyeva"]),
        ("uk", ["Мар'яна", "Мар’яна", "Марʼяна", "Марта", "Маряна"]),
        ("fa", ["علیرضا", "علی‌رضا", "علیزاده"]),  # the non-joiner weighs nothing
        ("ar", ["محمد", "محمـد", "محمّد", "محمود"]),  # nor does the tatweel
        ("he", ["כהן", "כך", "לוי"]),  # a final letter is the letter
        ("ru", ["Елена", "елка", "Елка", "ёлка", "Ёлка", "Ель"]),
        ("ja", ["カー", "かあ", "カア", "かい", "佐々木", "佐佐木", "佐野"]),
    ],
)
def test_what_weighs_little(tag, expected):
    assert sorted(shuffled(expected), key=lambda name: sort_key(name, tag)) == expected


# --- ICU -------------------------------------------------------------------------------------------------------------

# What people of the language write; ICU has Î under I in Turkish, against the Turkish dictionaries.
SPELLED_WITH = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "az-Cyrl": "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш",
    "az-Arab": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "en": "abcdefghijklmnopqrstuvwxyzéïöç",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyzâû",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "fr": "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ",
    "es": "abcdefghijklmnñopqrstuvwxyzáéíóúü",
    "it": "abcdefghilmnopqrstuvzàèéìòù",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئؤأ",
    "ar": "اأإآءؤئبتةثجحخدذرزسشصضطظعغفقكلمنهويى",
    "he": "אבגדהוזחטיכלמנסעפצקרשתךםןףץ",
    "hi": "अआइईउऊऋएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौंँः्",
    "ja": "アイウエオカキクケコガギグサシスセソザタチツトダナニネノハヒフヘホバパマミムメモヤユヨ"
    "ラリルレロワャュョッあかさたなはまやらがゃ田中山安倍佐藤",
    "zh": "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢張陳鑫琪璐闫闵佟邬",
}


@pytest.mark.parametrize("tag", SPELLED_WITH)
def test_own_names_are_in_the_order_of_icu(tag):
    pytest.importorskip("icu")
    chance = random.Random(1992)  # noqa: S311 (a fixed seed is the point)
    words = {"".join(chance.choices(SPELLED_WITH[tag], k=chance.randint(1, 5))) for _ in range(1_000)}
    joined = {chance.choice(" -'’.").join(chance.sample(sorted(words), 2)) for _ in range(200)}
    names = {*IN_ORDER[tag].split(), *words, *joined, *(capitalize(word, tag) for word in words)} - {"佐々木"}
    actual = sorted(names, key=lambda name: sort_key(name, tag))
    assert actual == sorted(names, key=lambda name: icu.name_key((name,), tag))


# --- laws ------------------------------------------------------------------------------------------------------------

tags = st.sampled_from(sorted(IN_ORDER))
texts = st.text(st.characters(), max_size=12)


@given(texts, texts, tags)
def test_two_texts_have_one_key_only_when_they_are_one(one, other, tag):
    assert (sort_key(one, tag) == sort_key(other, tag)) == (one == other)


@given(st.lists(texts, max_size=8), tags, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_where_names_stood(names, tag, chance):
    others = chance.sample(names, len(names))
    assert sorted(others, key=lambda name: sort_key(name, tag)) == sorted(names, key=lambda name: sort_key(name, tag))


@given(st.lists(texts, max_size=12), tags)
def test_no_heading_comes_twice(names, tag):
    headings = [group.heading for group in grouped(names, tag, lambda name: (name,))]
    assert len(headings) == len(set(headings))


@given(texts, tags)
def test_normal_forms_weigh_the_same(text, tag):
    forms = [sort_key(unicodedata.normalize(form, text), tag)[0] for form in ("NFC", "NFD")]
    assert forms[0] == forms[1]


@pytest.mark.parametrize("tag", IN_ORDER)
@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\x1b[31m", "\u0301", "\u0301" * 10_000, "İ" * 10_000, "ー", "々", "\ud800", "\U0010ffff"]
)
def test_hostile_text_has_a_key_and_a_heading(text, tag):
    assert sort_key(text, tag)[1] == ((text,) if text else ())
    assert heading(text, tag)
