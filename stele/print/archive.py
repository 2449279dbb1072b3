"""An open PDF/UA-1 in, the same as PDF/A-2a as well out: colours that mean something, metadata that say what it is.

WeasyPrint makes the one or the other. What an archive asks for beyond a tagged PDF is little (ISO 19005-2): an output
intent for its RGB colours, images that are not smoothed, annotations that print, and the claim itself.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pikepdf import Pdf

_PRINTED = 4  # ISO 32000-1, 12.5.3, annotation flags: bit 3

# XMP, part 1: each description declares the namespaces it uses, since not every reader looks for them further out.
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{descriptions}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

_SAID = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">{properties}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{producer}</pdf:Producer>\
</rdf:Description>"""

# ISO 19005-2, 6.6.4: the part and the level. 6.6.2.3.3: a schema of others is described where it is used, before it is
# used, and that of PDF/UA (ISO 14289-1, 5) is one of others.
_CLAIMS = """\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part>\
<pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the document follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>"""


def archive(pdf: Pdf) -> None:
    """Make `pdf`, a tagged PDF/UA-1 of WeasyPrint with RGB colours, a PDF/A-2a too."""
    _intend_srgb(pdf)
    _claim(pdf)
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            annotation.F = _PRINTED
    _let_images_be(pdf)


def _intend_srgb(pdf: Pdf) -> None:
    """Say that RGB means sRGB, by the profile that comes with WeasyPrint."""
    from pikepdf import Array, Dictionary, Name, String

    profile = pdf.make_stream(resources.files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,  # ISO 19005-2, 6.2.3 keeps the name of part 1
                OutputConditionIdentifier=String("sRGB2014"),
                Info=String("sRGB2014"),
                RegistryName=String("http://www.color.org"),
                DestOutputProfile=profile,
            )
        ]
    )


def _claim(pdf: Pdf) -> None:
    """Write what the document is, and both claims, as metadata that are readable without a filter."""
    info, tag = pdf.docinfo, str(pdf.Root.get("/Lang", ""))
    said = {
        "title": ("Alt", ' xml:lang="x-default"', str(info.get("/Title", ""))),
        "creator": ("Seq", "", str(info.get("/Author", ""))),
        "description": ("Alt", ' xml:lang="x-default"', str(info.get("/Subject", ""))),
        "language": ("Bag", "", tag),
    }
    properties = "".join(
        f"<dc:{name}><rdf:{kind}><rdf:li{more}>{escape(value)}</rdf:li></rdf:{kind}></dc:{name}>"
        for name, (kind, more, value) in said.items()
        if value
    )
    described = _SAID.format(properties=properties, producer=escape(str(info.get("/Producer", ""))))
    pdf.Root.Metadata.write(_PACKET.format(descriptions=f"{described}\n{_CLAIMS}").encode())


def _let_images_be(pdf: Pdf) -> None:
    """ISO 19005-2, 6.2.8: no viewer may smooth an image into what it does not show."""
    from pikepdf import Stream

    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Interpolate"):
            item.Interpolate = False
