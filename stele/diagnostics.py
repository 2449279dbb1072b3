"""Where, how bad, what and how to mend it: the one form in which Stele speaks of bad input (stdlib only)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic weighs; only an error keeps the output from being published."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Stage(StrEnum):
    """How near to print an edition is: a draft is forgiven what a final edition is not."""

    DRAFT = "draft"
    PROOF = "proof"
    FINAL = "final"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of the project: POSIX path relative to the project, line and column from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is a key of CODES, from which the severity follows by stage.

    `waived` is the reason that somebody wrote down why this is right as it is; then it is a note at every stage.
    """

    code: str
    message: str
    location: Location | None = None
    hint: str | None = None
    waived: str | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"diagnostic code {self.code!r} is not in the table")

    def severity(self, stage: Stage) -> Severity:
        """Return how much this finding weighs at `stage`."""
        return Severity.NOTE if self.waived else CODES[self.code].at(stage)


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means and what it weighs, by stage."""

    meaning: str
    draft: Severity = Severity.ERROR
    final: Severity = Severity.ERROR
    proof: Severity | None = None

    def at(self, stage: Stage) -> Severity:
        """Return the severity at `stage`; a proof weighs as a draft unless the table says otherwise."""
        if stage is Stage.FINAL:
            return self.final
        return (self.proof or self.draft) if stage is Stage.PROOF else self.draft


_WARN = Severity.WARNING
_NOTE = Severity.NOTE

# Errors at every stage would print something wrong, unsafe or lost. What is merely unfinished warns while
# people are still at work on it, and fails the final edition.
CODES: dict[str, Code] = {
    # the project
    "no-project": Code("the folder holds no content/site.toml"),
    "bad-setting": Code("site.toml cannot be read, or a setting has the wrong form"),
    "unknown-setting": Code("site.toml names a setting that does not exist", _WARN, _WARN),
    "bad-isbn": Code("an ISBN has not thirteen digits, or a wrong one among them"),
    "bad-language": Code("a language tag is not well formed or not known"),
    "unknown-language": Code("a language was asked for that the project does not have"),
    "unknown-edition": Code("an edition was asked for that the project does not have"),
    "no-documents": Code("there is nothing to publish: no Markdown files, or an edition without documents"),
    "unknown-document": Code("an edition lists a document that does not exist"),
    "bad-addressees": Code("the table of the addressees of a letter cannot be read"),
    "no-addressee": Code("a letter has no addressee in a language", _WARN, _WARN),
    "bad-release": Code("what an erratum should compare with is not the release of a build"),
    "foreign-output": Code("the output folder holds something that Stele did not make"),
    "unwritable-file": Code("a file or folder cannot be written"),
    # documents
    "unreadable-file": Code("a file cannot be read"),
    "not-utf8": Code("a file is not UTF-8"),
    "too-large": Code("a file, line or message is larger than Stele accepts"),
    "too-nested": Code("markup is nested deeper than Stele accepts"),
    "outside-project": Code("a path leads out of the project"),
    "bad-front-matter": Code("the front matter cannot be read"),
    "unknown-front-matter": Code("the front matter names a field that does not exist", _WARN, _WARN),
    "bad-slug": Code("a slug is not made of lower-case letters, digits and hyphens"),
    "reserved-address": Code("a document would lie where Stele puts something of its own"),
    "duplicate-route": Code("two documents would be published at one address"),
    "no-title": Code("a document has neither a title nor a first heading", _WARN),
    "heading-jump": Code("a heading skips a level", _WARN),
    "raw-html": Code("raw HTML holds text that translators cannot reach", _WARN),
    "unparsed-fence": Code("a code fence was not recognised and would be set as prose", _WARN),
    "odd-list": Code("a line that begins with a number is set as a list", _WARN),
    "removed-markup": Code("markup that is not allowed was removed", _WARN),
    "unsafe-link": Code("a link has a scheme that is not allowed"),
    "unknown-link": Code("a link leads to a document that does not exist", _WARN),
    "unknown-anchor": Code("a link leads to a heading that does not exist", _WARN),
    "unknown-footnote": Code("a footnote is called but not written", _WARN),
    "lone-alternate": Code("a file stands in for a document that does not exist"),
    "unused-alternate": Code("a file stands in for a document in a language that does not need it", _WARN, _WARN),
    "missing-image": Code("an image does not exist", _WARN),
    "no-alternative-text": Code("an image has no alternative text", _WARN),
    "image-too-large": Code("an image has more pixels than Stele opens"),
    "bad-image": Code("an image cannot be opened or is of a kind that is not accepted"),
    "unsafe-svg": Code("an SVG image holds script or reaches outside itself"),
    # catalogs
    "broken-catalog": Code("a catalog breaks the PO syntax"),
    "merge-marker": Code("a file holds a version-control merge marker"),
    "duplicate-message": Code("a catalog holds one message twice"),
    "wrong-charset": Code("a catalog is not UTF-8"),
    "wrong-plural-count": Code("a message has more or fewer plural forms than its catalog declares"),
    "untranslated": Code("a document has messages without translation", _WARN),
    "fuzzy": Code("a document has translations that nobody has confirmed", _WARN),
    "stale-catalog": Code("the messages have changed since the catalog was updated", _WARN),
    "unaligned": Code("a translation and its source have blocks that answer to none of the other", _WARN, _WARN),
    "busy-catalog": Code("a catalog kept changing while it was being updated"),
    "below-threshold": Code("a language is not far enough for an output at this stage, and is left out of it", _WARN),
    "unused-catalog": Code("a catalog belongs to no document", _WARN, _WARN),
    "injected-markup": Code("a translation holds markup that its source does not have"),
    "lost-markup": Code("a translation drops markup of its source", _WARN),
    "lost-footnote": Code("a translation drops or repeats a footnote call"),
    "lost-placeholder": Code("a translation drops or invents a placeholder"),
    "bad-pattern": Code("a translated pattern of dates, or a gender, cannot be used"),
    "unsafe-translation": Code("a translation opens a link with a scheme that is not allowed"),
    "changed-link": Code("a translation leads somewhere else than its source", _WARN),
    "small-change": Code("a kept translation awaits a look: case, punctuation or markup of its source changed", _NOTE),
    # review: what a good editor would question in a translation; a written reason in the catalog waives it
    "changed-number": Code("a translation has other numbers or years than its source"),
    "changed-date": Code("a translation has another date than its source"),
    "changed-name": Code("a translation does not name a person or place as the gazetteer does"),
    "changed-citation": Code("a translation drops, invents or changes a citation"),
    "changed-punctuation": Code("a translation begins or ends otherwise than its source", _WARN, _WARN),
    "foreign-quotes": Code("quotation marks are not those of the language", _WARN, _WARN),
    "mixed-script": Code("a word mixes letters of two scripts that look alike", _WARN),
    "missing-term": Code("a term is not translated as the glossary asks", _WARN, _WARN),
    "copied-source": Code("a translation is a copy of its source", _WARN),
    "doubled-word": Code("a word stands twice in a row", _WARN, _WARN),
    "too-long": Code("a text is longer than its place in the layout holds", _WARN),
    "loose-direction": Code("a run of the other direction is not isolated, or an isolate is not closed", _WARN),
    "accelerator": Code("a translation holds a keyboard accelerator", _WARN),
    "control-character": Code("a translation holds a control character"),
    "bad-waiver": Code("a waiver gives no reason, or waives what cannot be waived", _WARN),
    "unused-waiver": Code("a waiver is not needed any more", _WARN, _WARN),
    "bad-vocabulary": Code("the gazetteer or the glossary cannot be read"),
    # the ledger
    "bad-ledger": Code("a file or record of the ledger cannot be read"),
    "unknown-field": Code("a record has a field that does not exist"),
    "duplicate-record": Code("two records have one id"),
    "bad-derived": Code("a number cannot be computed as its record says"),
    "unknown-record": Code("a reference leads to no record of the ledger"),
    "uncited-source": Code("a source is cited by no text and no record", _WARN),
    # audit
    "drifted-number": Code("an edition has another number than the ledger or the other editions", _WARN),
    "drifted-date": Code("an edition has another date than the ledger or the other editions", _WARN),
    "drifted-name": Code("an edition names a person or place otherwise than the ledger has it there", _WARN),
    "drifted-term": Code("an edition uses a stronger, weaker or other term than the ledger or the source", _WARN),
    "drifted-quotation": Code("an edition changes the words of a quotation", _WARN),
    "drifted-citation": Code("an edition cites other sources than the source edition, or elsewhere in them", _WARN),
    "drifted-link": Code("an edition leads somewhere else than the source edition", _WARN),
    "drifted-level": Code("an edition names a body at another level than the ledger or the source", _WARN),
    "lost-attribution": Code("an edition leaves out who states a figure, or as of when", _WARN),
    "lost-record": Code("a page lacks a record of the ledger that it should show", _WARN),
    "names-out-of-order": Code("a list of names is not in the order of its language", _WARN),
    "wrong-language": Code("a passage of an edition is in the language of the source", _WARN),
    "editions-disagree": Code("editions, or the page and the PDF of one, do not say the same", _WARN),
    # ledger: rules (the rules of stele/rules/order.py; a written reason waives each)
    "bad-profile": Code("the profile of words cannot be read"),
    "bare-figure": Code("a number of casualties is typed and is no figure of the ledger", _WARN),
    "unattributed-figure": Code("a figure does not say who states it, as of when, or where", _WARN),
    "figures-do-not-add-up": Code("a figure is larger than its whole, or not the sum of its parts", _WARN),
    "stale-figure": Code("a figure is said to hold to this day and is older, or has been superseded", _WARN),
    "unlocated-quotation": Code("a quotation does not say where in its source it stands", _WARN),
    "altered-quotation": Code("an excerpt differs from the quotation of the ledger", _WARN),
    "quotation-without-context": Code("words of a court or a party stand without what they decide", _WARN),
    "unadopted-term": Code("a term is said to be adopted and is not in the adopted text", _WARN),
    "committee-as-parliament": Code("a text of a committee is given to the parliament", _WARN),
    "typed-count": Code("a number that the register counts is typed", _WARN),
    "bad-date": Code("a date is in no calendar, contradicts another, or is read in two ways", _WARN),
    "wrong-anniversary": Code("an anniversary is not the number of years since the event", _WARN),
    "hidden-disagreement": Code("sources differ on a date, and the text does not show it", _WARN),
    "duplicate-person": Code("two entries of a roll may be one person", _WARN),
    "exposed-person": Code("a person who may be living, or a child, is shown without consent", _WARN),
    "unknown-place": Code("a place has a name that this edition does not use", _WARN),
    "impossible-way": Code("a distance or direction is not that of the coordinates", _WARN),
    "disallowed-term": Code("the narrator uses a word that the ledger or the profile leaves to others", _WARN),
    "collective-accusation": Code("a people is accused as a whole, or people are spoken of as beasts", _WARN),
    "denial": Code("the text makes the dead of others doubtful", _WARN),
    "unarchived-source": Code("a source on the web has no archived copy and no hash", _WARN),
    "missing-consent": Code("a consent has run out, or does not say who gave it", _WARN),
    "graphic-content": Code("something graphic stands without a note, or where nobody has asked for it", _WARN),
    # templates and rendering
    "bad-template": Code("a template cannot be rendered"),
    "active-content": Code("a theme of the project's own puts a script or a file from elsewhere on a page"),
    "no-pango": Code("the libraries that set type are missing, so no PDF was made", _WARN),
    "blocked-resource": Code("a resource was asked for that lies outside the project and the theme"),
    "missing-glyph": Code("a character has no glyph in the fonts of a booklet"),
    "missing-font": Code("a font family, or a font for a script, is not on this machine", _WARN),
    "closed-font": Code("a font family may not be put on the web, so readers see another", _WARN, _WARN),
    "invisible-text": Code("a word of a booklet cannot be seen on its page"),
    "garbled-text": Code("a word of a booklet would be copied, found and read aloud as another"),
    "misprinted-note": Code("a note is printed twice, or not at all"),
    "long-block": Code("a block of a booklet with facing languages is longer than a page, so a part of it is lost"),
    "overfull-box": Code("a text is larger than the place it is set in", _WARN),
    "does-not-fit": Code("a text is longer than its place in a leaflet, a poster or the like holds"),
    "unreachable-text": Code("a page in a pseudo-language shows words that are in no catalog", _WARN, _WARN),
    "print-warning": Code("the PDF renderer gave a warning", _WARN),
    "no-cluster": Code("a Dask cluster was to do the work, and cannot"),
    "task-failed": Code("a task ran out of time or memory, or its process died"),
    # preflight: what a printer would send a file back for
    "early-break": Code("a line ends although the next word would fit on it", _WARN, _WARN),
    "lone-line": Code("the first or last line of a paragraph stands alone on a page", _WARN, _WARN),
    "stranded-heading": Code("a heading stands at the foot of a page, with little of its text or none", _WARN, _WARN),
    "bad-boxes": Code("the boxes of a page do not lie in one another, or one is missing", _WARN),
    "mixed-trim": Code("pages are trimmed to different sizes", _WARN),
    "no-bleed": Code("a page has no bleed, or something on it ends where it is trimmed", _WARN),
    "unembedded-font": Code("a font is not in the file"),
    "type3-font": Code("a font consists of drawings, which few print shops take", _WARN),
    "foreign-colour": Code("something for the press is painted in a colour that is not one of its inks", _WARN),
    "unused-colour-space": Code("a file for the press holds colours that are not of its inks and not used", _WARN),
    "too-much-ink": Code("a page takes more ink than its paper can", _WARN),
    "low-resolution": Code("an image has too few pixels for the size at which it is printed", _WARN),
    "soft-image": Code("an image has fewer pixels than a print shop asks for", _WARN, _WARN),
    "thin-line": Code("a line is thinner than a press can hold", _WARN),
    "small-reversed-type": Code("light letters on a dark ground are so small that they fill with ink", _WARN),
    "wrong-page-count": Code("the number of pages does not suit the binding", _WARN),
    "blank-pages": Code("several blank pages follow each other", _WARN, _WARN),
    "live-transparency": Code("something is transparent, which the standard of the file forbids", _WARN),
    "narrow-spine": Code("a spine is too narrow for the words on it", _WARN),
    "unprintable": Code("the standard that the print shop asked for forbids what a page shows"),
    "thick-booklet": Code("a saddle-stitched booklet has more pages than can be stapled", _WARN, _WARN),
}


def sort(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each different diagnostic once, in the order of file, line, column and code."""

    def place(item: Diagnostic) -> tuple[str, int, int, str, str]:
        at = item.location or Location("")
        return at.path, at.line or 0, at.column or 0, item.code, item.message

    return tuple(sorted(set(diagnostics), key=place))
