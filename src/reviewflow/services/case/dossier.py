"""The dossier of a case: its row, files, signatures and present text, read once for all that is shown of it."""

from dataclasses import dataclass

from django.db.models import Q

from reviewflow.domain.people import Actor
from reviewflow.domain.review import Case, Signature, replay
from reviewflow.records import models as rows
from reviewflow.records.projection import opened_by, signature_of
from reviewflow.services.access import find_case
from reviewflow.services.office import Office


@dataclass(frozen=True, slots=True)
class Story:
    """What was done with a case: the file that opened it, the signatures in order, and what they have made of it."""

    first: rows.Document
    opened: Case
    signatures: tuple[Signature, ...]
    case: Case


@dataclass(frozen=True, slots=True)
class Dossier:
    """``document`` is the file that is before the reviewer, with its proposal; ``content`` its text, of which the first
    ``body_length`` characters are the body."""

    row: rows.Case
    story: Story
    document: rows.Document
    content: str
    body_length: int

    @property
    def body(self) -> str:
        """The text without headers, comments, hidden cells and properties."""
        return self.content[: self.body_length]

    @property
    def outside(self) -> str:
        """What stood outside of the body."""
        return self.content[self.body_length :].strip()


def dossier(office: Office, actor: Actor, case_id: int) -> Dossier:
    """A case as this person may see it. Raises ReviewflowError ``review.no_case``, ``ledger.*``."""
    row = find_case(actor, case_id, office.now())
    files = _files(row)
    document = next(one for one in files if one.pk == row.document_id)
    content, length = rows.DocumentText.objects.values_list("content", "body_length").get(pk=document.pk)
    return Dossier(row, _story(row, files[0]), document, content, length)


def story_of(office: Office, actor: Actor, case_id: int) -> Story:
    """What was done with a case. Raises as ``dossier``."""
    row = find_case(actor, case_id, office.now())
    return _story(row, _files(row)[0])


def _files(row: rows.Case) -> list[rows.Document]:
    """The file that opened the case and the present one, which may be the same."""
    wanted = row.documents.filter(Q(version=1) | Q(pk=row.document_id))
    return list(wanted.select_related("proposal", "imported_by").order_by("version"))


def _story(row: rows.Case, first: rows.Document) -> Story:
    opened = opened_by(row.section.name, first)
    signatures = tuple(signature_of(one) for one in row.signatures.order_by("position"))
    return Story(first, opened, signatures, replay(opened, signatures))
