"""What a decision becomes, in the transaction of its last signature: a catalogue entry or a line of the register.

An entry that was approved stays as it is while its case is open again (reassessment, correction, a corrected file),
until the new decision. It leaves the public exports at once when it is retracted, when its case is withdrawn, and when
its file is replaced by one with a state-secret mark.
"""

from datetime import date
from typing import Any

from reviewflow.domain.clock import local_day
from reviewflow.domain.review import Action, Case, Decision, Reopening, Signature, Stage
from reviewflow.domain.terms import Status
from reviewflow.records import models as rows
from reviewflow.records.projection import columns_of, signature_of
from reviewflow.services.catalogue.description import Description, description_of
from reviewflow.services.catalogue.revisions import save_revision
from reviewflow.services.office import Office
from reviewflow.services.review.numbering import next_index_number
from reviewflow.services.review.register_item import take_off_register, withhold


def conclude(office: Office, row: rows.Case, after: Case, signature: Signature) -> tuple[str, dict[str, Any]]:
    """Bring catalogue and register in line with a case that was decided or opened again.

    Gives the index or register number of a decision (empty where nothing was decided) and what the audit chain says.
    """
    # No action leads from a decided case to a decided one: this signature decided it.
    if after.stage is Stage.DECIDED:
        decision = after.current
        if decision.status is Status.NON_PUBLIC:
            number, details = withhold(office, row, after, signature)
            return number, {**_pull(row, signature, retire=True), **details}
        return _list_publicly(office, row, after, decision, signature)
    details = _pull(row, signature) if _leaves_at_once(signature) else {}
    if signature.action is Action.WITHDRAW:
        details |= take_off_register(row)
    return "", details


def _leaves_at_once(signature: Signature) -> bool:
    asked = signature.particulars
    return (
        signature.action is Action.WITHDRAW
        or (signature.action is Action.REOPEN and asked.reopening is Reopening.RETRACTION)
        or (signature.action is Action.SUPERSEDE and asked.hold)
    )


def _entry_of(row: rows.Case) -> rows.CatalogueEntry | None:
    return rows.CatalogueEntry.objects.select_for_update().filter(case=row).first()


def _pull(row: rows.Case, signature: Signature, *, retire: bool = False) -> dict[str, Any]:
    """Take a case's entry, if it still stands, out of the public exports and off its channels."""
    entry = _entry_of(row)
    if entry is None or not (entry.in_force or (retire and entry.valid)):
        return {}
    entry.in_force = False
    entry.valid = entry.valid and not retire
    withdrawn = _withdraw_entry(entry, local_day(signature.at))
    return {**save_revision(entry, _reason(row, signature), signature.name, signature.at), "taken_down": withdrawn}


def _withdraw_entry(entry: rows.CatalogueEntry, day: date) -> int:
    return entry.publications.filter(withdrawn_on=None).update(withdrawn_on=day)


def _list_publicly(
    office: Office, row: rows.Case, case: Case, decision: Decision, signature: Signature
) -> tuple[str, dict[str, Any]]:
    """Make or renew the entry of a case decided 主动公开 or 依申请公开. An entry keeps its number for good."""
    details = take_off_register(row)
    day = local_day(signature.at)
    described = description_of(row.document_id, office.detectors)
    entry = _entry_of(row) or rows.CatalogueEntry(case=row, in_force=False)
    if not entry.index_number and decision.category is not None:
        entry.index_number = next_index_number(office, decision.category, day)
    if not entry.in_force:
        entry.decided_on = day
    if entry.document_id != row.document_id:
        _describe(entry, row, described, day)
    _decide(office, entry, decision)
    # A document that ever carried a mark, or holds anything found, goes out by way of a masked copy alone.
    entry.body_open = decision.status is Status.PROACTIVE and described.clean and not case.hold
    if decision.status is Status.ON_REQUEST and entry.pk:
        details["taken_down"] = _withdraw_entry(entry, day)
    return entry.index_number, {
        **save_revision(entry, _reason(row, signature), signature.name, signature.at),
        **details,
    }


def _describe(entry: rows.CatalogueEntry, row: rows.Case, described: Description, day: date) -> None:
    """Set the fields that follow from the case's current file; what was amended for an earlier file is history."""
    entry.document_id = row.document_id
    entry.title, entry.doc_number = described.title, described.doc_number
    entry.keywords, entry.summary, entry.attachments = described.keywords, described.summary, described.attachments
    entry.carrier, entry.record_form = described.carrier.value, described.record_form.value
    entry.formed_on = row.formed_on or day
    entry.decided_on = day


def _decide(office: Office, entry: rows.CatalogueEntry, decision: Decision) -> None:
    """Set the fields that follow from the decision."""
    columns = columns_of(decision)
    if entry.category != columns["category"]:
        entry.subclass = ""
    entry.category, entry.status = columns["category"], columns["status"]
    entry.duty_department = office.settings.office.name
    entry.in_force = entry.valid = True


def _reason(row: rows.Case, signature: Signature) -> str:
    """Why an entry changes: what was signed, and before a new decision why the case was opened again."""
    own = signature.note or f"{signature.stage.label}：{signature.action.label}"
    # Only two actions are signed on a decided case: it was opened again, or its file was replaced.
    opening = row.signatures.filter(stage=Stage.DECIDED.value).order_by("-position").first()
    if signature.stage is Stage.DECIDED or opening is None:
        return own
    opened = signature_of(opening)
    kind = opened.particulars.reopening
    what = f"{opened.action.label}（{kind.label}）" if kind else opened.action.label
    return "；".join((f"{what}：{opened.note.rstrip('。')}" if opened.note else what, own))
