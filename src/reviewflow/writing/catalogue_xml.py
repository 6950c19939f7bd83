"""The catalogue as XML, with the element names of the Beijing interface for catalogue uploads (see docs/glossary.md).

An entry published on several channels has ``PUB_METHOD`` once for each, in order. What the interface does not know
(政务微博, 政务微信) is 其他公开形式, and ``OTHER_PUB_METHOD`` right behind it has the name. ``ATCH_ID`` counts the
attachments of an entry from 1.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reviewflow.domain.catalogue import CarrierType, Channel, Entry, RecordForm
from reviewflow.domain.terms import Category
from reviewflow.writing.cells import plain_text
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.paragraphs import paragraphs
from reviewflow.writing.public import clean_entries

_CHANNELS_BY_NAME = (Channel.WEIBO, Channel.WECHAT)


def write(entries: Iterable[Entry], path: Path, heading: CatalogueHeading) -> int:
    """Write ``CATALOG`` with an ``INFO`` for each entry; gives the number of entries."""
    from lxml import etree

    count = 0
    # A file object, not a name: then a full disk is an OSError here as well.
    with path.open("wb") as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("CATALOG", _attributes(heading)):
            xml.write("\n")
            for entry in clean_entries(entries):
                xml.write(_info(entry), pretty_print=True)
                count += 1
    return count


def _attributes(heading: CatalogueHeading) -> dict[str, str]:
    return {
        "AGENCY": plain_text(heading.agency),
        "TITLE": plain_text(heading.title),
        "MADE_ON": heading.made_on.isoformat(),
        "SINCE": heading.since.isoformat() if heading.since else "",
        "UNTIL": heading.until.isoformat() if heading.until else "",
    }


def _info(entry: Entry) -> Any:
    from lxml.etree import Element, SubElement

    info = Element("INFO")
    for name, text in _fields(entry):
        SubElement(info, name).text = text
    if entry.body:
        content = SubElement(info, "INFOCONTENT")
        SubElement(content, "INFO_NAME").text = entry.title
        SubElement(content, "INFO_CONT").text = paragraphs(entry.body)
    if entry.attachments:
        attachments = SubElement(info, "ATTACHMENTS")
        for number, attachment in enumerate(entry.attachments, 1):
            element = SubElement(attachments, "ATTACHMENT")
            SubElement(element, "ATCH_ID").text = str(number)
            SubElement(element, "ATCH_NAME").text = attachment.name
            SubElement(element, "FILE_NAME").text = attachment.file_name
    return info


def _fields(entry: Entry) -> list[tuple[str, str]]:
    return [
        ("INFO_TYPE_ID", str(list(Category).index(entry.category) + 1)),
        ("CATALOG_NAME", entry.subclass or entry.category.label),
        ("INDEX_NUMBER", entry.index_number),
        ("DOC_NUMBER", entry.doc_number),
        ("INFO_NAME", entry.title),
        ("KEYWORD", "；".join(entry.keywords)),
        ("CONT_SUMRY", entry.summary),
        ("RMRK", entry.remark),
        *_carrier(entry.carrier),
        *_record_form(entry.record_form),
        *(field for channel in entry.channels for field in _channel(channel)),
        ("PUB_TYPE", entry.status.label),
        ("PUB_DUTY_DEPT", entry.duty_department),
        ("PUB_DATE", entry.published_on.isoformat()),
        ("GENERATE_DATE", entry.formed_on.isoformat()),
        ("IS_VALID", "是" if entry.valid else "否"),
    ]


def _carrier(carrier: CarrierType) -> list[tuple[str, str]]:
    other = [("OTHER_CARRIER_TYPE", "")] if carrier is CarrierType.OTHER else []
    return [("CARRIER_TYPE", carrier.label), *other]


def _record_form(form: RecordForm) -> list[tuple[str, str]]:
    other = [("OTHER_RECORD_FORM", "")] if form is RecordForm.OTHER else []
    return [("RECORD_FORM", form.label), *other]


def _channel(channel: Channel) -> list[tuple[str, str]]:
    if channel in _CHANNELS_BY_NAME:
        return [("PUB_METHOD", Channel.OTHER.label), ("OTHER_PUB_METHOD", channel.label)]
    other = [("OTHER_PUB_METHOD", "")] if channel is Channel.OTHER else []
    return [("PUB_METHOD", channel.label), *other]
