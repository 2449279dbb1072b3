"""Blocks of records as pymdownx.blocks reads them: ``/// timeline | winter`` in, what is printed for them out.

Only `markup`, the door to markdown, imports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from stele.sources.ledger.references import BLOCKS, call_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown
    from pymdownx.blocks import BlocksProcessor

    from stele.sources.ledger.references import Call

    # Returns the HTML of a block.
    Print = Callable[[Call], str]


class Records(BlocksExtension):  # type: ignore[misc]  # the library has no types
    """Registers every block of records; `print_block` gives the HTML of each."""

    def __init__(self, print_block: Print) -> None:
        self._print = print_block
        super().__init__()

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802, ARG002, D102
        for name in BLOCKS:
            block_mgr.register(_block(name, self._print), {})


def _block(name: str, print_block: Print) -> type[Block]:
    class RecordsBlock(Block):  # type: ignore[misc]
        NAME = name
        ARGUMENT = None

        def on_create(self, parent: Element) -> Element:
            html = print_block(call_of(name, self.argument or ""))
            block = SubElement(parent, "div", {"class": f"records {name}"})
            block.text = AtomicString(self.md.htmlStash.store(html))
            return block

    return RecordsBlock
