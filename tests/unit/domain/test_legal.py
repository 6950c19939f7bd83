"""Legal bases: how they are cited."""

from reviewflow.domain.legal import LegalBases, LegalBasis
from reviewflow.domain.terms import Status

_ART_13 = LegalBasis("R13", "《条例》第十三条", frozenset({Status.PROACTIVE}), frozenset(), None, None)


def test_a_code_that_the_configuration_no_longer_has_is_cited_as_it_is() -> None:
    bases = LegalBases({"R13": _ART_13})
    assert bases.citations(["GONE-1", "R13"]) == ("GONE-1", "《条例》第十三条")
