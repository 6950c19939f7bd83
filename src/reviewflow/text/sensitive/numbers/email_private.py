"""Electronic mail addresses of persons: all but those of agencies and those labelled as an office's."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.EMAIL_PRIVATE
CUES = ("@", "\uff20")

_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]*[@\uff20][A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_AGENCY_DOMAINS = (".gov.cn", ".gov", ".mil.cn", ".edu.cn", ".org.cn")
_OFFICE = (
    "意见", "反馈", "监督", "局", "办公", "单位", "公开邮箱", "受理", "公司", "企业", "报名", "招聘", "投稿", "征求", "投诉邮箱", "举报",
    "投诉举报", "咨询", "委员会", "政府", "代理机构", "采购", "科室", "发送至", "报送", "发至", "电子版", "中心", "学校", "领导小组", "指定",
    "公共邮箱", "工作邮箱", "建设单位", "传真", "邮编", "邮政编码", "厅", "处", "登录", "监督电话", "联系电话", "办公地址", "协会", "大学",
)  # fmt: skip
_PERSON = (
    "私人",
    "个人",
    "本人",
    "申请人",
    "投诉人",
    "来信人",
    "姓名",
    "家长",
    "持证人",
    "发件",
    "留邮箱",
    "留资",
    "微信",
    "手机",
    "身份证",
    "证件",
)
_OFFICE_LINE = re.compile(r"(?<!\d)0\d{2,3}\s*[-\uff0d\u2014]{1,2}\s*\d{7,8}|(?:地址|邮编|传真|工作时间)[:\uff1a]")
_BEFORE, _BEHIND, _REACH = 60, 24, 120
_LONGEST_LOCAL = 64


def find(scan: Scan) -> Iterator[Span]:
    """Addresses outside agencies' domains, unless the words or an office telephone beside them make them an office's."""
    for at, _ in sorted(scan.places(CUES)):
        start = max(0, at - _LONGEST_LOCAL)
        match = next((m for m in _ADDRESS.finditer(scan.text, start, at + 128) if m.start() < at < m.end()), None)
        if match and not _is_office(scan, match):
            yield match.span()


def _is_office(scan: Scan, match: re.Match[str]) -> bool:
    if match[0].lower().endswith(_AGENCY_DOMAINS):
        return True
    before = scan.before(match.start(), _BEFORE)
    person = max(before.rfind(word) for word in _PERSON)
    if person < 0 and scan.taken(match.start() - _REACH, match.start(), Kind.MOBILE, Kind.ID_NUMBER):
        return False
    if person >= 0:
        return max(before.rfind(word) for word in _OFFICE) > person
    around = before + scan.after(match.end(), _BEHIND)
    return any(word in before for word in _OFFICE) or bool(_OFFICE_LINE.search(around))
