"""The catalogue as one JSON object, an entry a line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reviewflow.domain.catalogue import Entry
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.public import clean_entries


def write(entries: Iterable[Entry], path: Path, heading: CatalogueHeading) -> int:
    """Write ``{agency, title, made_on, period, entries, count}``; gives the number of entries.

    The number stands last, since it is known only then.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        top = json.dumps(_top(heading), ensure_ascii=False)
        file.write(top[:-1] + ', "entries": [')
        for count, entry in enumerate(clean_entries(entries), 1):
            file.write(("," if count > 1 else "") + "\n" + json.dumps(fields(entry), ensure_ascii=False))
        file.write(f'\n], "count": {count}}}\n')
    return count


def _top(heading: CatalogueHeading) -> dict[str, Any]:
    return {
        "agency": heading.agency,
        "title": heading.title,
        "made_on": heading.made_on.isoformat(),
        "period": {
            "since": heading.since.isoformat() if heading.since else None,
            "until": heading.until.isoformat() if heading.until else None,
        },
    }


def fields(entry: Entry) -> dict[str, Any]:
    """The public fields of an entry: codes of closed lists beside their Chinese names, dates as yyyy-mm-dd."""
    return {
        "index_number": entry.index_number,
        "title": entry.title,
        "doc_number": entry.doc_number,
        "category": entry.category.value,
        "category_name": entry.category.label,
        "subclass": entry.subclass,
        "status": entry.status.value,
        "status_name": entry.status.label,
        "keywords": list(entry.keywords),
        "summary": entry.summary,
        "carrier": entry.carrier.value,
        "carrier_name": entry.carrier.label,
        "record_form": entry.record_form.value,
        "record_form_name": entry.record_form.label,
        "channels": [channel.value for channel in entry.channels],
        "channel_names": [channel.label for channel in entry.channels],
        "duty_department": entry.duty_department,
        "formed_on": entry.formed_on.isoformat(),
        "published_on": entry.published_on.isoformat(),
        "valid": entry.valid,
        "body": entry.body,
        "attachments": [{"name": a.name, "file_name": a.file_name} for a in entry.attachments],
        "remark": entry.remark,
    }
