"""Health of a person: the name of the condition, where a person stands beside it. Policy and epidemics are none."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.HEALTH
CUES = (
    "患", "确诊", "残疾", "因病", "住院", "瘫痪", "术后", "过敏", "怀孕", "孕期", "癌", "白血病", "糖尿病", "肺炎", "骨折", "中毒", "精神病", "抑郁", "致残",
    "病历", "哮喘", "高血压", "心脏病", "脑梗", "尿毒症", "尘肺", "艾滋", "肝炎", "结核", "癫痫", "智力", "聋", "失明", "脑瘫", "自闭症", "肿瘤", "突出",
    "疾病加重", "症",
)  # fmt: skip

_DISEASE = (
    r"(?:(?:慢性|急性|先天性|原发性|继发性|职业性|化学性|类风湿性?|[12一二]型|左|右|双侧|老年性?|重度|轻度|中度|晚期|早期|非小细胞|恶性|乙型|丙型|支气管|冠状动脉|过敏性)*"
    r"(?:[\u4e00-\u9fff]{0,8}?(?:癌|白血病|糖尿病|高血压|心脏病|冠心病|肺炎|肝炎|肾炎|关节炎|胃炎|脑炎|尿毒症|肿瘤|哮喘|癫痫|骨折|脑梗死?|心梗|脑瘫|瘫痪|中风|脑出血|"
    r"抑郁症|精神分裂症|自闭症|孤独症|焦虑症|老年痴呆|痴呆|尘肺病?|矽肺|艾滋病|结核|肝硬化|椎间盘突出|腰椎突出|颈椎突出|失明|耳聋|噪声聋|截肢|烧伤|中毒|过敏|肾病|肺病|肺疾病|阻塞性肺疾病|血友病|"
    r"贫血|帕金森病?|红斑狼疮|强直性脊柱炎|甲亢|结石|动脉瘤|败血症|肺气肿|皮炎|湿疹|流产|早产|后遗症|血症|综合征)))"
    r"(?:并[\u4e00-\u9fff]{2,8}(?:病变|症|炎|病))?(?:术后|后瘫痪|后遗症)?"
)
_BEHIND_VERB = re.compile(
    rf"(?:患有?|确诊为?|诊断为|因|得了?|查出|罹患|患上|患过|致|对|系|突发|曾患|复发|长期|身患|的|其|母亲|父亲|丈夫|妻子|子|女)(?P<name>{_DISEASE})"
)
_DISABLED = re.compile(
    r"(?P<name>(?:视力|听力|言语|肢体|智力|精神|多重|双下肢|左下肢|右下肢|上肢|下肢)+残疾(?:[一二三四1234]级)?)"
)
_OTHER = re.compile(
    r"(?P<name>怀孕(?:[一二三四五六七八九十\d]+(?:个月|周))?|孕(?:[一二三四五六七八九十\d]+(?:个月|周))|(?:花生|青霉素|海鲜|芒果|牛奶|鸡蛋|花粉|尘螨|乳胶|酒精|头孢|磺胺|坚果)类?过敏)"
)
_POLICY = (
    "救助", "保障金", "防治", "管理办法", "预防", "指南", "标准", "待遇", "医疗保险", "条例", "疫情", "非洲猪瘟", "口蹄疫", "病虫害", "动物", "猪", "禽", "树", "水稻", "小麦",
    "就业保障", "筛查", "科普", "宣传", "专科", "门诊", "政策", "项目", "发病率", "传染病报告", "名单公示", "办法", "服务", "体系", "技术规范", "疫苗", "接种", "研究", "论文",
)  # fmt: skip
_PERSON = re.compile(
    r"[其母父妻子女夫儿爸妈我他她]|本人|老伴|家属|患者|职工|工人|户主|学生|老人|申请人|信访人|投诉人|村民|员工|同志|对象|家庭|岁|男|女|姓名|残疾人|低保|病情|补助|互助|慰问"
)
_REACH = 26


def find(scan: Scan) -> Iterator[Span]:
    """Conditions behind a verb of suffering, kinds of disability, pregnancy and allergies, near a person."""
    if not scan.has(CUES):
        return
    spans: set[Span] = set()
    for at, word in scan.places(CUES):
        start, end = max(0, at - 12), min(len(scan.text), at + len(word) + 20)
        for pattern in (_BEHIND_VERB, _DISABLED, _OTHER):
            for match in pattern.finditer(scan.text, start, end):
                if len(match["name"]) > 1 and _is_personal(scan, *match.span("name")):
                    spans.add(match.span("name"))
    yield from _longest(spans)


def _is_personal(scan: Scan, start: int, end: int) -> bool:
    before, behind = scan.before(start, _REACH), scan.after(end, 14)
    if any(word in scan.before(start, 6) + scan.text[start:end] + behind[:8] for word in _POLICY):
        return False
    numbers = (Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_ACCOUNT, Kind.BIRTH_DATE, Kind.ADDRESS_HOME)
    return bool(_PERSON.search(before)) or scan.taken(start - 80, end + 80, *numbers)


def _longest(spans: set[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if last is None or span[0] >= last[1]:
            last = span
            yield span
