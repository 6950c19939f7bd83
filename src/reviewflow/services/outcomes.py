"""What a decision becomes, in the transaction of its last signature: a catalogue entry or a line of the register."""

from typing import Any

from reviewflow.domain.review import Case, Signature
from reviewflow.records import models as rows
from reviewflow.services.office import Office


def settle(
    office: Office, row: rows.Case, before: Case, after: Case, signature: Signature
) -> tuple[str, dict[str, Any]]:
    """Bring catalogue and register in line with a case that was decided or opened again."""
    return "", {}
