"""Everything that is said in one language: what the site, booklets and everything else are set from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.sources.project import IMPRINT
from stele.sources.templating import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from markupsafe import Markup

    from stele.language.tags import Language
    from stele.sources.templating import Templates
    from stele.translation.localization import LocalizedDocument
    from stele.translation.status import Tally

# What templates call the texts of site.toml, and where these stand.
_OF_SITE = {name: name for name in ("title", "subtitle", "description")} | {name: f"imprint.{name}" for name in IMPRINT}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything in one language: the texts of site.toml by name, the documents in the order of the contents.

    `texts` are safe HTML, and `tally_of_texts` says how far they are translated; `site` has the texts of site.toml as
    templates see them.
    """

    language: Language
    texts: Mapping[str, str]
    tally_of_texts: Tally
    documents: tuple[LocalizedDocument, ...]
    templates: Templates
    site: Mapping[str, Markup] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "site", {name: safe(self.texts[setting]) for name, setting in _OF_SITE.items()})

    def title_of(self, edition: str, otherwise: str = "") -> Markup:
        """Return what an edition is called: by name in site.toml, else `otherwise`, else as the site is."""
        return safe(self.texts[f"editions.{edition}.title"] or otherwise or self.texts["title"])

    def subtitle_of(self, edition: str) -> Markup:
        """Return what stands below the title of an edition: its own line in site.toml, else that of the site."""
        return safe(self.texts[f"editions.{edition}.subtitle"] or self.texts["subtitle"])

    def tally(self, keys: Collection[str]) -> Tally:
        """Return how far the documents `keys` and the texts of site.toml are translated."""
        return sum((item.tally for item in self.documents if item.key in keys), self.tally_of_texts)
