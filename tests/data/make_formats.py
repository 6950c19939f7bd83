"""Makes the sample files in formats/ with LibreOffice (soffice on the PATH); run by hand when one is to change.

usage: python tests/data/make_formats.py
The sources are flat ODF, written here; what LibreOffice makes of them is committed. OFD has no free writer: the
one sample is put together here by the standard's structure. Pictures are drawn with Pillow.
locked.doc and locked.xls are not made here: LibreOffice saved them with the password x through its UNO interface.
"""

import subprocess
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent / "formats"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "number": "datastyle",
    }.items()
)  # fmt: skip
_MORE = (
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
_CHANGE = "<office:change-info><dc:creator>乙</dc:creator><dc:date>2020-01-02T00:00:00</dc:date></office:change-info>"

NOTICE = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMES} {_MORE} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>管网排查</dc:title><dc:creator>柳文员</dc:creator></office:meta>
<office:automatic-styles>
<style:page-layout style:name="pm"><style:page-layout-properties/><style:header-style/><style:footer-style/></style:page-layout>
<style:style style:name="hid" style:family="text"><style:text-properties text:display="none"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
<style:header><text:p>页眉：云溪县水务局</text:p></style:header><style:footer><text:p>页脚：内部流转单</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
<text:tracked-changes>
<text:changed-region text:id="c1"><text:insertion>{_CHANGE}</text:insertion></text:changed-region>
<text:changed-region text:id="c2"><text:deletion>{_CHANGE}<text:p>删去的话</text:p></text:deletion></text:changed-region>
</text:tracked-changes>
<text:p>云溪县水务局关于开展排水管网排查的通知</text:p>
<text:p>云水发〔2019〕8号</text:p>
<text:p>各乡镇水务站：</text:p>
<text:p>为做好汛前准备，<text:change-start text:change-id="c1"/>新加的话，<text:change-end text:change-id="c1"/>请于三月底前完成排查<text:change text:change-id="c2"/>。<office:annotation><dc:creator>丙</dc:creator><dc:date>2020-01-02T00:00:00</dc:date><text:p>批注：先别发</text:p></office:annotation></text:p>
<text:p>排查结果<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注：口径见去年文件</text:p></text:note-body></text:note>报县局。<text:span text:style-name="hid">隐藏的字</text:span></text:p>
<text:p><draw:frame draw:name="b" text:anchor-type="paragraph" svg:width="5cm" svg:height="1cm"><draw:text-box><text:p>文本框里的话</text:p></draw:text-box></draw:frame></text:p>
<table:table table:name="t"><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell><text:p>电话</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>柳某</text:p></table:table-cell><table:table-cell><text:p>010-60001234</text:p></table:table-cell></table:table-row>
</table:table>
<text:p>云溪县水务局</text:p><text:p>2019年2月20日</text:p>
</office:text></office:body></office:document>
"""


def _row(cells: list[str], more: str = "") -> str:
    filled = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row{more}>{filled}</table:table-row>"


SHEET = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMES} {_MORE} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles><style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="值班表"><table:table-column/><table:table-column/><table:table-column table:visibility="collapse"/>
{_row(["日期", "姓名", "手机"])}
{_row(["10月1日", "柳某", "13900012345"])}
{_row(["10月2日", "隐藏行", "13900012346"], ' table:visibility="collapse"')}
<table:table-row><table:table-cell office:value-type="float" office:value="13900012347"><office:annotation><text:p>批注在格里</text:p></office:annotation><text:p>13900012347</text:p></table:table-cell></table:table-row>
</table:table>
<table:table table:name="底稿" table:style-name="off"><table:table-column/>{_row(["隐藏表里的话"])}</table:table>
</office:spreadsheet></office:body></office:document>
"""

_OFD = {
    "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    "Doc_0/Document.xml": '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
    "Doc_0/Pages/Page_0/Content.xml": '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="2">'
    '<ofd:TextObject ID="4" Boundary="20 40 150 6"><ofd:TextCode X="0" Y="5">请认真贯彻执行。</ofd:TextCode></ofd:TextObject>'
    '<ofd:TextObject ID="3" Boundary="20 20 80 6"><ofd:TextCode X="0" Y="5">关于开展节水宣传的</ofd:TextCode></ofd:TextObject>'
    '<ofd:TextObject ID="5" Boundary="100 20.5 40 6"><ofd:TextCode X="0" Y="5">通知</ofd:TextCode></ofd:TextObject>'
    "</ofd:Layer></ofd:Content></ofd:Page>",
    "Doc_0/Annots/Page_0/Annotation.xml": '<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Annot><ofd:Remark>批注：请核对</ofd:Remark></ofd:Annot></ofd:PageAnnot>',
}


_LOCKED_PDF = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'


def convert(source: Path, *formats: str) -> None:
    """Have LibreOffice write a source in other formats."""
    with tempfile.TemporaryDirectory() as profile:
        for form in formats:
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form, "--outdir", HERE, source],
                check=True, capture_output=True,
            )  # fmt: skip


def lock(path: Path) -> None:
    """Save a copy that needs a password (pip install msoffcrypto-tool)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    with path.open("rb") as plain, (HERE / f"locked{path.suffix}").open("wb") as locked:
        OOXMLFile(plain).encrypt("x", locked)


def picture(path: Path) -> None:
    """A page with two lines of print, as a picture or as a PDF that holds nothing but the picture."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (900, 260), 255)
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 40)
    ImageDraw.Draw(page).multiline_text(
        (40, 40), "关于开展节水宣传的通知\n请各乡镇认真组织实施", font=font, fill=0, spacing=30
    )
    page.save(path, resolution=100)


def main() -> None:
    """Make everything."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        notice, sheet = Path(folder) / "notice.fodt", Path(folder) / "sheet.fods"
        notice.write_text(NOTICE, "utf-8")
        sheet.write_text(SHEET, "utf-8")
        convert(notice, "docx", "doc", "pdf", "html", "rtf")
        convert(sheet, "xlsx", "xls")
        convert(notice, f"pdf:writer_pdf_Export:{_LOCKED_PDF}")
        (HERE / "notice.pdf").rename(HERE / "locked.pdf")
        convert(notice, "pdf")
        lock(HERE / "notice.docx")
        lock(HERE / "sheet.xlsx")
    (HERE / "notice.wps").write_bytes((HERE / "notice.doc").read_bytes())
    with zipfile.ZipFile(HERE / "notice.ofd", "w", zipfile.ZIP_DEFLATED) as ofd:
        for name, content in _OFD.items():
            ofd.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    picture(HERE / "scan.png")
    picture(HERE / "scan.pdf")


if __name__ == "__main__":
    main()
