"""An open PDF in, the same PDF saying what it is out: its printing condition, its standard, its dates and its title.

ISO 15930-7:2010 (PDF/X-4), 6.2.4 and 6.10; ISO 15930-4:2003 (PDF/X-1a), 6.2 and 6.12.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape
from zlib import compress

from stele.print.press.conditions import Standard

if TYPE_CHECKING:
    from datetime import date

    from pikepdf import Pdf

    from stele.print.press.conditions import Condition, Press

REGISTRY = "http://www.color.org"
_KEPT_INFO = ("/Title", "/Author", "/Subject", "/Keywords")
_PRODUCER = "Stele"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def declare(pdf: Pdf, press: Press, content: str) -> None:
    """Write the output intent, the document information and the metadata, in place.

    `content` tells this booklet from every other; the identifier of the document comes from it.
    """
    from pikepdf import Dictionary, Name

    _intend(pdf, press.condition)
    kept = {key: str(pdf.docinfo[key]) for key in _KEPT_INFO if key in pdf.docinfo}
    moment = f"D:{press.released:%Y%m%d}000000Z"
    info = Dictionary({**kept, "/Creator": _PRODUCER, "/Producer": _PRODUCER})
    info.CreationDate = info.ModDate = moment
    info.Trapped = Name("/False")
    if press.standard is Standard.X1A:
        info.GTS_PDFXVersion = press.standard.version
    pdf.trailer.Info = pdf.make_indirect(info)
    pdf.Root.Metadata = pdf.make_stream(_packet(kept, press.standard, press.released, content))
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML


def _intend(pdf: Pdf, condition: Condition) -> None:
    from pikepdf import Array, Dictionary, Name

    profile = pdf.make_stream(_deflated(condition.icc()), N=4, Filter=Name.FlateDecode)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=condition.identifier,
        OutputCondition=condition.description,
        RegistryName=REGISTRY,
        Info=condition.description,
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@cache
def _deflated(profile: bytes) -> bytes:
    """Return a profile as a stream of PDF has it: that takes longer than to write a page, so it is done once."""
    return compress(profile)


def _packet(info: dict[str, str], standard: Standard, released: date, content: str) -> bytes:
    """Return the metadata as XMP, which says of the document what its information says."""
    moment = f"{released:%Y-%m-%d}T00:00:00Z"
    identifier = f"uuid:{uuid5(NAMESPACE_URL, content)}"
    version = "pdfxid" if standard is Standard.X4 else "pdfx"
    properties = [
        *_titled(info),
        *(f"<xmp:{name}>{moment}</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate")),
        f"<xmp:CreatorTool>{_PRODUCER}</xmp:CreatorTool>",
        f"<pdf:Producer>{_PRODUCER}</pdf:Producer>",
        "<pdf:Trapped>False</pdf:Trapped>",
        *(f"<xmpMM:{name}>{identifier}</xmpMM:{name}>" for name in ("DocumentID", "InstanceID")),
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        "<xmpMM:VersionID>1</xmpMM:VersionID>",
        f"<{version}:GTS_PDFXVersion>{standard.version}</{version}:GTS_PDFXVersion>",
    ]
    return _XMP.format(properties="\n".join(properties)).encode()


def _titled(info: dict[str, str]) -> list[str]:
    alternative = '<dc:{0}><rdf:Alt><rdf:li xml:lang="x-default">{1}</rdf:li></rdf:Alt></dc:{0}>'
    forms = {
        "/Title": ("title", alternative),
        "/Author": ("creator", "<dc:{0}><rdf:Seq><rdf:li>{1}</rdf:li></rdf:Seq></dc:{0}>"),
        "/Subject": ("description", alternative),
        "/Keywords": ("Keywords", "<pdf:{0}>{1}</pdf:{0}>"),
    }
    return [form.format(name, escape(info[key])) for key, (name, form) in forms.items() if key in info]
