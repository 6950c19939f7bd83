"""What the search looks through, as a script: pages opened from disk may load scripts, but not data."""

import json

from reviewflow.domain.catalogue import Entry
from reviewflow.writing.catalogue_html.listing import marks

OPENING = "var ENTRIES=[\n"
CLOSING = "];\n"
# Harmless also where somebody pastes the file into a page; the last two end a line in older JavaScript.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def search_line(entry: Entry, file: str) -> str:
    """One entry: file, title, 文号, index number, category, date of publication, marks, summary, keywords."""
    values = [
        file,
        entry.title,
        entry.doc_number,
        entry.index_number,
        entry.category.label,
        entry.published_on.isoformat(),
        list(marks(entry)),
        entry.summary,
        "、".join(entry.keywords),
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES) + ",\n"
