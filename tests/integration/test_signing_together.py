"""Many people at once, and power cuts: no signature is lost, doubled or out of the chain."""

import random
import signal
import time
from collections import Counter

import pytest

from reviewflow.domain.people import Role
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import START, link
from reviewflow.records.projection import actor_of, replay_case
from tests.integration.conftest import Ledger
from tests.integration.signers import start, told

pytestmark = pytest.mark.slow


def colleagues(ledger: Ledger, count: int) -> list[str]:
    """More people of 大气科."""
    names = [f"大气科第{number}人" for number in range(count)]
    place = rows.Section.objects.get(name="大气科")
    for name in names:
        user = rows.User.objects.create(username=name, name=name, password="!", created_at=ledger.clock.at)
        rows.RoleGrant.objects.create(
            user=user, role=Role.SECTION.value, section=place, granted_by="init", granted_at=ledger.clock.at
        )
        ledger.people[name] = actor_of(user)
    return names


def whole(ledger: Ledger) -> None:
    """Chain without gap, one signature entry a signature, rows as their signatures say."""
    previous = START
    for number, entry in enumerate(rows.AuditEntry.objects.order_by("sequence"), 1):
        assert (entry.sequence, entry.previous, entry.hash) == (number, previous, link(ledger.office.key, entry))
        previous = entry.hash
    assert rows.AuditEntry.objects.filter(action="agree").count() == rows.Signature.objects.count()
    for row in rows.Case.objects.select_related("section"):
        assert row.stage == replay_case(row).stage.value
        assert row.version == row.signatures.count() + 1


def test_eight_sign_their_own_and_four_fight_for_the_same(ledger: Ledger, long: bool) -> None:
    each, fought_for = (200, 100) if long else (8, 8)
    names = colleagues(ledger, 8)
    own = [ledger.admit(*(ledger.arrival(f"{name}的第{n}件") for n in range(each))) for name in names]
    shared = ledger.admit(*(ledger.arrival(f"大家的第{n}件") for n in range(fought_for)))
    signers = [start(ledger.office.settings.home, name, ids) for name, ids in zip(names, own, strict=True)]
    fighters = [start(ledger.office.settings.home, name, shared) for name in names[:4]]
    results = [told(signer) for signer in signers]
    assert Counter(result for one in results for result in one.values()) == {"ok": 8 * each}
    fought = [told(fighter) for fighter in fighters]
    for case_id in shared:
        outcome = Counter(one[case_id] for one in fought)
        assert outcome["ok"] == 1
        assert set(outcome) <= {"ok", "review.no_role", "review.same_person", "ledger.conflict", "ledger.busy"}
    assert rows.Signature.objects.count() == 8 * each + fought_for
    whole(ledger)


def test_a_kill_while_signing_loses_nothing_that_was_acknowledged(ledger: Ledger, long: bool) -> None:
    kills, cases = (50, 2000) if long else (4, 60)
    chance = random.Random(20251103)
    case_ids = ledger.admit(*(ledger.arrival(f"第{n}件") for n in range(cases)))
    acknowledged: set[int] = set()
    for _ in range(kills):
        signer = start(ledger.office.settings.home, "李科员", [one for one in case_ids if one not in acknowledged])
        time.sleep(0.4 + chance.random() * 0.8)
        signer.send_signal(signal.SIGKILL)
        acknowledged |= {case_id for case_id, result in told(signer).items() if result in ("ok", "review.same_person")}
        signed = set(rows.Signature.objects.values_list("case_id", flat=True))
        assert acknowledged <= signed
        whole(ledger)
