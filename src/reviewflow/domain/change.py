"""A change of what stands: what a person names is changed, the rest stays."""

from dataclasses import dataclass
from datetime import date

from reviewflow.domain.legal import LegalBases
from reviewflow.domain.review import Decision
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import IncompleteError


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be otherwise: a category, a status (None: as it stands), codes of bases as a person types them."""

    category: Category | None = None
    status: Status | None = None
    bases: tuple[str, ...] = ()

    def applied_to(self, current: Decision, known: LegalBases, day: date) -> Decision:
        """The decision that is meant: category and status not named stay; so do the bases, while the status does.

        ``day`` is the document's: bases in force on it are offered. Raises ReviewflowError ``review.nothing_changed``,
        ``review.unknown_basis`` with the codes that are near, and ``review.no_basis`` with those that would do.
        """
        if self == Change():
            raise IncompleteError("review.nothing_changed", "没有写明变更什么。", "请写明类别、公开属性或依据。")
        status = self.status or current.status
        bases = known.find_codes(self.bases) or (current.bases if status is current.status else ())
        if status is not Status.PROACTIVE and not bases:
            listed = "".join(f"\n  {basis.code}  {basis.citation}" for basis in known.offered(status, day))
            raise IncompleteError(
                "review.no_basis", f"“{status.label}”须有法律依据。", f"请写明依据代码，文件日现行有效的有：{listed}"
            )
        return Decision(self.category or current.category, status, bases)
