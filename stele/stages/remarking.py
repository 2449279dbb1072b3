"""What was seen while type was set in, the same in the words that editors read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.audit.preflighting import told
from stele.sources.templating import TemplateFailure
from stele.stages.reading import for_editors
from stele.stages.telling import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stele.print.preflight.flaws import Remark
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling


def tell(telling: Telling, desk: Desk, remarks: Iterable[Remark]) -> None:
    """Report what was seen while type was set, in the language of editors."""
    try:
        telling.found += told(remarks, for_editors(desk))
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure
