"""Stele: Markdown and gettext catalogs in, localized web pages and print-ready booklets out.

A module imports only from floors below its own; neighbours on one floor leave each other alone::

    cli             what people type and what is printed                          (click, rich)
    doctor          what this machine lacks
    starting        a new project
    status_table    how the translations stand, as a table                                (rich)
    pipeline        the stories, each in a few lines
    stages          what they are made of: telling (request, outcome), reading, wording, catalogs, making
    report          report.json, and diagnostics as text, JSON and for GitHub
    publishing      the output folder, whole or not at all
    audit           looks at what was made: visible_text
    web             site, status_page
    print           composition, pdf (weasyprint), inspection, finishing, structure, imposition and saving (pikepdf),
                    booklet, review_booklet; line_breaks and footnotes mend two flaws of weasyprint
    translation     messages, gathering, localization, policy, safety, pieces, interface, pseudo, store, update
                    (babel), status, overview, words, wording
      po            catalog and entry, byte for byte: syntax (with tokens, pattern), style (with lines, comments),
                    header, plural_forms
      merging       merge, similarity, small_changes; three_way and entry_merge for git
      reuse         alignment (with traits), bootstrap (with adaptation), migration (with canonical)
      review        checks in their order, one module for each kind; pair, reading, passages, occurrences, waivers
    sources         project, documents, editions, markup and the localizer behind it (markdown), session, units,
                    positions, marks, fragments (nh3, lxml), templating (jinja2), theme, images (Pillow), links,
                    references, vocabulary, files
    language        tags, typography, digits and month_names (Babel's CLDR data), bidi, visual_order, casing, scripts,
                    skeletons, inflection, repetition, numbers, numerals (with digits, spelled_numbers, number_words,
                    readings), punctuation, quotation, width, pseudo
    engine          worker processes with limits
    artifacts       what a build makes
    diagnostics     where, how bad, what, and the way out: the table of codes
"""
