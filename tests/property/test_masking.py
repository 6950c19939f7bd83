"""Whatever was found in a document, nothing of it is said again."""

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.document import Finding
from reviewflow.domain.terms import Kind
from reviewflow.text.masking import Guard, squeeze

TEXTS = st.text("王李明强松林路号患者0123456789Xx -·．\u3000某×，。\n", min_size=1, max_size=24)


@given(content=st.text("王李明强松林路号患者0129Xx -·\u3000，。\n", min_size=1, max_size=120), data=st.data())
def test_no_finding_survives_in_any_text(content: str, data: st.DataObject) -> None:
    places = st.integers(0, len(content) - 1)
    findings = tuple(
        Finding(data.draw(st.sampled_from(Kind)), start, min(start + data.draw(st.integers(1, 20)), len(content)))
        for start in data.draw(st.lists(places, max_size=4))
    )
    pieces = data.draw(st.lists(st.sampled_from([content, *(content[f.start : f.end] for f in findings)]), max_size=3))
    text = data.draw(TEXTS).join(pieces)
    guard = Guard(content, len(content), findings, (), (text,))
    said = [guard.masked(text), *guard.words([text, content[:2]])]
    for finding in findings:
        secret = squeeze(content[finding.start : finding.end]).text
        assert not secret or all(secret not in squeeze(one).text for one in said)
