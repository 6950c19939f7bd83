"""Choosing another decision: what a person names is completed by what stands, and codes of bases are helped along."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from reviewflow.domain.legal import LegalBasis
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Decision
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records.projection import restore
from reviewflow.services.access import find_case
from reviewflow.services.office import Office


def chosen(
    office: Office,
    actor: Actor,
    case_id: int,
    category: Category | None = None,
    status: Status | None = None,
    codes: Sequence[str] = (),
) -> Decision:
    """The decision that is meant: category and status not named stay; so do the bases, while the status does.

    Raises ReviewflowError ``review.nothing_changed``, ``review.unknown_basis`` with the codes that are near, and
    ``review.no_basis`` with those that would do.
    """
    if category is None and status is None and not codes:
        raise ReviewflowError("review.nothing_changed", "没有写明变更什么。", "请写明类别、公开属性或依据。")
    row = find_case(actor, case_id, office.now())
    current = restore(row).current
    wanted = status or current.status
    bases = known_codes(office, codes) or (current.bases if wanted is current.status else ())
    if wanted is not Status.PROACTIVE and not bases:
        raise _no_basis(wanted, fitting(office, wanted, row.formed_on))
    return Decision(category or current.category, wanted, bases)


def known_codes(office: Office, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes as the configuration spells them. Raises ReviewflowError ``review.unknown_basis``."""
    known = {code.upper(): code for code in office.bases.by_code}
    found = []
    for code in codes:
        if code.strip().upper() not in known:
            near = get_close_matches(code.strip().upper(), known, n=3, cutoff=0.5)
            hint = (
                f"是不是 {' 或 '.join(known[one] for one in near)}？" if near else "依据见 configs/legal_bases.yaml。"
            )
            raise ReviewflowError("review.unknown_basis", f"没有代码为 {code} 的依据。", hint)
        found.append(known[code.strip().upper()])
    return tuple(found)


def fitting(office: Office, status: Status, formed_on: date | None) -> tuple[LegalBasis, ...]:
    """The bases offered for a status on the day of the document, or today where that is not known."""
    return office.bases.offered(status, formed_on or office.now().date())


def _no_basis(status: Status, bases: Iterable[LegalBasis]) -> ReviewflowError:
    listed = "".join(f"\n  {one.code}  {one.citation}" for one in bases)
    return ReviewflowError(
        "review.no_basis", f"“{status.label}”须有法律依据。", f"请写明依据代码，文件日现行有效的有：{listed}"
    )
