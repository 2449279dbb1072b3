"""Stele: Markdown and gettext catalogs in, localized web pages and print-ready booklets out.

A module imports only from floors below its own; neighbours on one floor leave each other alone::

    cli             what people type and what is printed                                (click)
    bars            how far the work has come, in a terminal                               (rich)
    doctor          what this machine lacks
    starting        a new project
    status_table    how the translations stand, as a table                                (rich)
    standing        the last build, where nothing changed since
    pipeline        the stories, each in a few lines
    stages          what they are made of: request, telling, reading, inscribing, wording, judging, typefaces,
                    looking, catalogs, making with composing, assembling of weaving (with strands, binding, sharing)
                    and auditing, remarking
    report          report.json, and diagnostics as text, JSON and for GitHub
    publishing      the output folder, whole or not at all
    audit           looks at what was made: visible_text, strangers, ink, coverage and front (pypdfium2); auditing reads
                    editions back (passages, sheets) and holds them against each other (editions, drifts, levels; told),
                    the ledger (statement, records, rows, values, said) and their booklets (printed, chapters, contents,
                    furniture, abridging, bilingual) and books; preflighting, findings, places, page
    web             site, with faces and pictures; status_page; addresses; people (addresses that stay), rolls (pages of
                    long ones), roll_pages; feeds; texts for other websites: extracts (portable, styled) and their
                    listing
      data          package, of as_json, as_tables (CSV), as_linked_data (JSON-LD), as_tei; edition; page
      epub          book, of chapters (with notes, splitting) and faces (fontTools); container
      embeds        subjects: cards and whole texts that stand alone (with policy and scripts), oembed; snippets and the
                    guide; making, in two steps
    print           products, composition with parts and rolls, pdf (weasyprint) with loading, fetching and
                    listening, inspection, printed_words; finishing with archive, photographs and page_labels,
                    structure, flat_sheets, statements (of what pages draw), saving (pikepdf); units, symbols (segno,
                    python-barcode), cover, booklet, review_booklet, erratum; breaks (lines and pages that are broken
                    badly)
      chapters      book, of dividing, compositor, setting (with style_sheets), moving, writing, typefaces, joining;
                    sharing with copies of the process; keeping, for the next process
      roll          long rolls of names: names, specimen, hands, lines, filling, places, furniture, inks, painting,
                    tags, words; making
      bilingual     pairing; columns; facing, and its layout with galleys and spreads; wrapping; making, which chooses
      imposition    folding, sheets, marks, office (pikepdf), first_sheet
      press         delivery of PDF/X: conditions, conversion; separation, with painting, colours, images (Pillow),
                    shadings and objects; transparency, font_files, marks, slug (with numbering), intent (pikepdf)
      preflight     checks in their order, one module for each kind, of a proof: painting (with marks, colour,
                    memory of pages that are drawn again), typefaces; crowding (pages that may take too much
                    ink) and plates (with inking, gradients), to be drawn by the audit              (pikepdf)
      mends         flaws of weasyprint: footnotes, line_breaks, hyphenation (pyphen), right_to_left, joining,
                    reordering, font_files, text_styles, page_styles, percentages, drawings, plain_backgrounds,
                    repeated_lines, extraction (with clusters, codes, knots and plain_lines), tagging; page_references,
                    compression and cross_references of pydyf; c_types of cffi
    rules           what the trade asks of records and of prose, one module for each kind; order, profile (yaml)
    translation     messages, gathering, localization, inscribing, disclosing, policy, safety, pieces, interface,
                    pseudo, other_script, store, update (babel), status, overview, words, wording; shelf, all of a
                    language
      po            catalog and entry, byte for byte: syntax (with tokens, pattern), style (with lines, comments),
                    header, plural_forms
      merging       merge, similarity, small_changes; three_way and entry_merge for git
      reuse         alignment (with traits), bootstrap (with adaptation), migration (with canonical)
      review        checks in their order, one module for each kind; pair, reading, passages, occurrences, waivers
    sources         project and settings, printing, hosting, isbn, documents, editions, addressees, markup with
                    localizer and blocks behind it (markdown), session, units, inscription, positions, marks, media,
                    fragments (nh3, lxml), isolation, templating (jinja2), filters, theme, images and
                    renditions (Pillow), fonts (fontTools), shaping (uharfbuzz), subsets, style_sheets (tinycss2,
                    cssselect2), links, references, vocabulary, yaml_tree (yaml), spreadsheets, files
      ledger        records; reading, with shapes, validation (pydantic), tables, bibliographies (pybtex), latex and
                    links; derived; what texts ask of them: references, writing, chosen, wanted; roll, namesakes; names;
                    public (which fields are data)
    language        locales (Babel's CLDR data) and cldr; tags, casing, typography, quotation, lists, numbers, ordinals,
                    suffixes, transliteration; dates to write: edtf, date_patterns, date_writing; dates to read:
                    dates, month_names; numerals (with digits, spelled_numbers, number_words, readings); bidi,
                    visual_order; words: scripts, skeletons, inflection, repetition, punctuation, width, pseudo
      collation     keys (with weights, alphabets, han), icu to compare with
      hyphenation   rules (with turkic, georgian, armenian), rebuild
    cluster         the same work on other machines: cluster (distributed), places, attending, foreman
    cache           what tasks made before: memory, by digests of all that they depend on (surroundings), in a store as
                    pickles; keeping, what they made on the way; stats, whether anybody touched a file; stamps, whether
                    one was changed while a build was at it
    engine          worker processes with limits, in rooms
    frames          room for the frames of deep calls
    artifacts       what a build makes
    diagnostics     where, how bad, what, and the way out: the table of codes
"""
