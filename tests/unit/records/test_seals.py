"""Seals as the chains of existing ledgers carry them: these digests are for good."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from reviewflow.records import models as rows
from reviewflow.records.seals import (
    entry_fields,
    seal_entry,
    seal_proposal,
    seal_signature,
    seal_text,
    seal_withheld,
)

CHINA = timezone(timedelta(hours=8))
FILE = "ab" * 32


def a_signature(at: datetime) -> rows.Signature:
    """The section's signature on a case."""
    return rows.Signature(
        case_id=7,
        position=2,
        file_digest=FILE,
        stage="section",
        action="change",
        user_id=3,
        name="李科员",
        role="section",
        stand_in_for="王科员",
        at=at,
        category="duties",
        status="on_request",
        bases="A01 B02",
        note="含个人信息",
        particulars="",
    )


def an_entry() -> rows.CatalogueEntry:
    """An entry with every field filled in."""
    return rows.CatalogueEntry(
        index_number="000/2025-00001",
        title="关于春季植树的通知",
        doc_number="云林发〔2025〕8号",
        category="activities",
        subclass="通知",
        status="proactive",
        keywords="植树;春季",
        summary="春季植树的安排。",
        carrier="electronic",
        record_form="text",
        duty_department="云水县林业局",
        formed_on=date(2025, 3, 1),
        decided_on=date(2025, 3, 12),
        valid=True,
        in_force=True,
        body_open=False,
        attachments="名单\n地图",
        remark="附图另发",
    )


def an_item() -> rows.WithheldItem:
    """A line of the register."""
    return rows.WithheldItem(
        number="不予-2025-00001",
        bases="A01",
        reason="科室初审（李科员）：涉及商业秘密",
        decided_on=date(2025, 3, 12),
        reassess_on=date(2026, 3, 12),
    )


def test_the_seal_of_a_text() -> None:
    assert (
        seal_text("正文页眉", 2, '[["header",2,4]]')
        == "5df40e7abe6ed071834077683cd244a092112c64340d1be30064095c3b36a965"
    )


def test_the_seal_of_a_proposal() -> None:
    words = ("关于春季植树的通知", "云林发〔2025〕8号", "云水县林业局", "a.txt")
    assert (
        seal_proposal(words, date(2025, 3, 1), "A01 B02", '{"lane":"clear"}')
        == "14502a84314469ee67dcba7e2feb6e0beeb261f8606a422e0564d8a14bfcaf33"
    )
    assert (
        seal_proposal(words, None, "A01 B02", '{"lane":"clear"}')
        == "d390c6bb7d53f509b33c28b7f2a87589c6e2c913735793730e3f9c645a31ef54"
    )


def test_the_seal_of_a_signature_is_the_same_in_every_zone() -> None:
    at = datetime(2025, 3, 12, 9, 30, 1, 5, CHINA)
    assert seal_signature(a_signature(at)) == "6544a3c7a64baac0a6855a2c46d04e79e02e63155b052b7934cdd08a4556fe1b"
    assert seal_signature(a_signature(at.astimezone(UTC))) == seal_signature(a_signature(at))


def test_the_seal_of_an_entry() -> None:
    assert (
        seal_entry(entry_fields(an_entry(), FILE)) == "834d25185c0972633caef25e5fc9fa622899e1a6535d19d09f0f60bf9b8983e6"
    )


def test_the_seal_of_a_line_of_the_register() -> None:
    assert seal_withheld(an_item()) == "d7ebc23dcb2c20441ec6d04accf34a8b04c81f292f9ac5fd397590629fe3b54b"


@dataclass(frozen=True, slots=True)
class Changed:
    """A column with another value."""

    column: str
    value: object


@pytest.mark.parametrize(
    "changed",
    [
        Changed("case_id", 8),
        Changed("position", 3),
        Changed("file_digest", "cd" * 32),
        Changed("stage", "office"),
        Changed("action", "agree"),
        Changed("user_id", 4),
        Changed("name", "王科员"),
        Changed("role", "office"),
        Changed("stand_in_for", ""),
        Changed("at", datetime(2025, 3, 12, 9, 30, 1, 6, CHINA)),
        Changed("category", ""),
        Changed("status", "proactive"),
        Changed("bases", "A01"),
        Changed("note", ""),
        Changed("particulars", "{}"),
    ],
    ids=lambda changed: changed.column,
)
def test_every_column_of_a_signature_is_sealed(changed: Changed) -> None:
    signature = a_signature(datetime(2025, 3, 12, 9, 30, 1, 5, CHINA))
    whole = seal_signature(signature)
    setattr(signature, changed.column, changed.value)
    assert seal_signature(signature) != whole
