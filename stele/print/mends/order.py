"""All mends of WeasyPrint, in the order in which they are made: `reordering` wraps what those before it changed."""

from stele.print.mends import (
    compression,
    cross_references,
    extraction,
    font_files,
    footnotes,
    hyphenation,
    joining,
    line_breaks,
    page_references,
    page_styles,
    percentages,
    reordering,
    repeated_lines,
    right_to_left,
    tagging,
    text_styles,
)

MENDS = (
    footnotes.mend,
    text_styles.mend,
    repeated_lines.mend,
    line_breaks.mend,
    hyphenation.mend,
    right_to_left.mend,
    page_styles.mend,
    percentages.mend,
    joining.mend,
    reordering.mend,
    font_files.mend,
    extraction.mend,
    page_references.mend,
    tagging.mend,
    compression.mend,
    cross_references.mend,
)
