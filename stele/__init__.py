"""Stele: Markdown and gettext catalogs in, localized web pages and print-ready booklets out.

A module imports only from floors below its own; neighbours on one floor leave each other alone::

    cli             what people type and what is printed                          (click, rich)
    doctor          what this machine lacks
    starting        a new project
    pipeline        the one story, stage after stage
    report          report.json, and diagnostics as text, JSON and for GitHub
    publishing      the output folder, whole or not at all
    web             site
    print           composition, pdf (weasyprint), finishing, structure, imposition and saving (pikepdf), booklet;
                    line_breaks and footnotes mend two flaws of weasyprint
    translation     messages, gathering, catalog (with entry, catalog_syntax, catalog_tokens, catalog_style and
                    plural_forms), merge, similarity, store, update (babel), localization, safety, interface, status
    sources         project, documents, editions, markup and the localizer behind it (markdown), session, units,
                    positions, marks, fragments (nh3, lxml), templating (jinja2), theme, images (Pillow), links,
                    references, files
    language        tags and typography (Babel's CLDR data), bidi, casing, numbers
    engine          worker processes with limits
    artifacts       what a build makes
    diagnostics     where, how bad, what, and the way out: the table of codes
"""
