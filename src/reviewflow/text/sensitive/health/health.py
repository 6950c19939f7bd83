"""Health of a person: the name of the condition, where a person stands beside it. Policy and epidemics are none."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.health.conditions import CONDITIONS, GENERAL, MODIFIERS
from reviewflow.text.sensitive.intervals import outermost
from reviewflow.text.sensitive.persons.name_words import NOT_NAMES
from reviewflow.text.sensitive.persons.names import ROLE, name_before
from reviewflow.text.sensitive.persons.surnames import PLAIN
from reviewflow.text.sensitive.scan import Scan, Span

KIND = Kind.HEALTH
_VERBS = tuple("体检发现 体检中发现 伴 患有 患上 罹患 身患 曾患 确诊 诊断 查出 突发 得了 检出 因患 患 致残".split())
_DISABILITY = tuple("残疾 伤残 智残 肢残 怀孕 身孕 孕妇 孕期 孕 手术后 术后 植物人 卧床 不能自理".split())
CUES = tuple({*CONDITIONS, *_VERBS, *_DISABILITY})

_HAN = "\u4e00-\u9fff"
_GRADE = r"(?:[（(]?(?:[一二三四五六七八九十]|[1-9]|Ⅰ|Ⅱ|Ⅲ|Ⅳ|早|中|晚)(?:期|级|度|型)[）)]?)?"
_NAME = re.compile(
    rf"(?P<name>(?:{'|'.join(MODIFIERS)})*(?:{'|'.join(CONDITIONS)}){_GRADE}"
    rf"(?:[并伴合][{_HAN}]{{1,8}}?(?:病变|症|炎|病|感染|积水|衰竭|坏死|腹水))?(?:手术后|术后|后遗症|后瘫痪|后偏瘫)?)"
)
# Behind a verb of suffering any word with the ending of a disease will do.
_SUFFERED = re.compile(
    rf"(?:患有|患上|罹患|身患|曾患|因患|患|确诊为?|诊断为?[：:]?|诊断结论[：:为]|查出|得了|突发|体检中?发现|伴有?)(?:了|有)?(?P<name>[{_HAN}]{{1,10}}?(?:癌|瘤|炎|症|病|综合征|障碍|折|中毒|损伤|衰竭|硬化|出血|梗死|梗塞|结石|脱位|积水|穿孔|狭窄|坏死|残疾|瘫痪|失明|失聪|感染|畸形|侧弯|水肿|肿大|肥大|萎缩|增生|囊肿|息肉|结节)(?:晚期|早期|中期|[一二三四ⅠⅡⅢⅣ]期)?)(?!房|区|情|例|历|床|假|虫|害|毒|菌|状|人|者|因|种|死)"
)
_KINDS = r"(?:视力|听力|言语|语言|肢体|智力|精神|多重|双下肢|左下肢|右下肢|双上肢|左上肢|右上肢|上肢|下肢|双腿|左腿|右腿|左手|右手|双目|双眼|听力言语)"
_DISABLED = re.compile(
    rf"(?P<name>{_KINDS}{{1,3}}(?:重度|[一二三四1-4]级)?(?:残疾|伤残|智残)(?:[（(]?[一二三四1-4]级[）)]?)?|{_KINDS}[一二三四1-4]级(?:残疾)?"
    r"|残疾[一二三四1-4]级|[一二三四1-4]级(?:肢体|视力|听力|言语|智力|精神)?残疾|[一二三四五六七八九十]级伤残|伤残[一二三四五六七八九十]级|重度残疾|智残|肢残"
    r"|(?:怀孕|有孕|身孕|孕)(?:[约已]?[一二三四五六七八九十\d]+(?:余)?(?:个?多?月|周)(?:\+?\d天)?)|(?:[一二三四五六七八九十\d]+个?月|有)身孕|孕妇|怀孕|孕期"
    r"|卧床不起|瘫痪在床|长期卧床|生活不能自理|植物人)"
)
_RECORD = re.compile(r"残疾(?:类别|种类|类型|等级|级别)(?:及等级)?[：:\s\t为是]{0,3}(?P<name>(?:视力|听力|言语|肢体|智力|精神|多重)(?:残疾)?(?:[一二三四1-4]级)?|[一二三四1-4]级)")  # fmt: skip

_NO_NAME = re.compile("接受|治疗|检查|相关|出现|怀疑|其他|性病|严重疾病")
# What makes it talk of an illness in general: in front of its name, and right behind it.
_GENERAL_BEFORE = re.compile(
    r"救助|保障金|防治|防控|预防|指南|标准|条例|疫情|非洲猪瘟|口蹄疫|病虫|动物|牲畜|[猪牛羊鸡鸭禽犬树苗](?![奶肉蛋])|水稻|小麦|筛查|科普|宣传|政策|疫苗|接种|研究|人群|流行|传播|感染率|"
    r"两癌|等|常见|无|未患|不患|没有|发现|包括|如|[“《]|凡|对患|的患者|危害|可致|易患|适用|项目|健康管理|病种"
)
_GENERAL_BEHIND = re.compile(
    r"[^，。；]{0,8}(?:筛查|防治|防控)|[^，。、；]{0,4}(?:救助|保障金|防治|防控|管理|预防|指南|标准|待遇|保险|条例|疫情|筛查|科普|宣传|专科|门诊|政策|项目|发病|发生率|死亡率|患病|报告|知晓|办法|服务|体系|规范|疫苗|接种|研究|监测|病例|例数|人群|流行|传播|风险|危害|预案|事件|事故|医院|协会|基金|日活动|防护|药|目录|病种|群体|就业)"
    r"|患者[^，。]{0,6}(?:管理|规范|建档|随访|需|应|可|等|率)|[、]?[^，。]{0,3}等(?:常见)?[^，。]{0,4}病|、[^，。]{2,9}(?:患者|病人)|时，|的，|的?(?:人员|妇女|儿童|职工|学生)|者|[”》]|人(?![，。、）（\s])|证|史|类|性"
)
_RECORDED = re.compile(r"姓名|户主|身份证|残疾人证|残疾证|申领人|持证人")
_PERSON = re.compile(
    r"[其之](?:母|父|妻|夫|子|女|儿|孙|弟|兄|姐|妹|配偶)|子女|[母父]亲|妻子|丈夫|儿子|女儿|孙子|孙女|爱人|老伴|哥哥|弟弟|姐姐|妹妹|奶奶|爷爷|外婆|外公|姥姥|姥爷|爸|妈|本人|我(?![省市县区国校局院们单司镇乡])|她|(?<!其)他(?!人|们|项|地)|"
    r"家属|宝宝|婴儿|幼儿|患儿|伤者|死者|逝者|户主|申报人|妇女|孩子|申请人|信访人|投诉人|举报人|来访人|来电人|反映人|当事人|[\d一二三四五六七八九十]岁|[，,（(、\s][男女][，,）)、\s]|姓名|病情|慰问|监护人|陪护|病假|[轻重]伤|检查结果|体检(?:结果|报告)|化验单|病历|诊断(?:为|：|:|结论|证明)|驾驶员|遗属|先生|女士|同学|残疾人证|(?:一[名位]|该[名位]?|这[名位]|某|有[名位])[\u4e00-\u9fff]{0,3}(?:职工|工人|学生|老人|村民|居民|员工|患者|病人|幼儿|儿童)"
)
_TREATED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:入院|住院|送医|请假|病假|去世|病故|病逝|抢救|休养|化疗|透析|卧床)")
_LABELLED = re.compile("残疾(?:类别|种类|类型|等级|级别)[：:]")
_SUFFERS = re.compile("(?:身?患有?|患上|因|系|确诊为?|突发)?$")
# People of this sort, where the very next words tell what they suffer from.
_SUFFERER = re.compile(
    r"(?:职工|工人|工友|学生|老人|村民|居民|员工|司机|患者|病人|对象|教师|群众)[^，。、；的]{0,4}(?:患有?|患上|确诊为?|因患?|突发|诊断为|得了|对|系|为|[（(])$"
)
_REACH, _LEFT, _RIGHT = 30, 14, 24
_PATTERNS: dict[str, tuple[re.Pattern[str], ...]] = {
    **dict.fromkeys(CONDITIONS, (_NAME,)),
    **dict.fromkeys(_VERBS, (_SUFFERED,)),
    **dict.fromkeys(_DISABILITY, (_DISABLED, _RECORD)),
}
_NUMBERS = (Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_ACCOUNT, Kind.BIRTH_DATE, Kind.ADDRESS_HOME)


def find(scan: Scan) -> Iterator[Span]:
    """Conditions behind a verb of suffering, kinds of disability, pregnancy and allergies, near a person."""
    spans: set[Span] = set()
    for word, places in scan.cues.items():
        if word not in _PATTERNS:
            continue
        for at in places:
            general = _general(scan, at, at + len(word)) and not _LABELLED.match(scan.after(at, 6))
            if not general and _person_near(scan, at, len(word)):
                spans.update(_conditions(scan, at, word))
    yield from outermost(spans)


def _conditions(scan: Scan, at: int, word: str) -> Iterator[Span]:
    text = scan.text
    for pattern in _PATTERNS[word]:
        for match in pattern.finditer(text, max(0, at - _LEFT), min(len(text), at + len(word) + _RIGHT)):
            start, end = match.span("name")
            if match.start() <= at < match.end() and _is_condition(text[start:end]) and not _general(scan, start, end):
                yield start, end


def _is_condition(name: str) -> bool:
    return (
        len(name) > 1
        and name not in GENERAL
        and not _NO_NAME.search(name)
        and not name.startswith(tuple("有的者病该此为以各"))
    )


def _general(scan: Scan, start: int, end: int) -> bool:
    """Whether it is told of an illness as such: a policy, an epidemic, a list of illnesses."""
    before = scan.before(start, 9)
    clause = before[max(before.rfind(mark) for mark in "，。；：\n") + 1 :]
    if _RECORDED.search(scan.before(start, _REACH)):
        return False
    return bool(_GENERAL_BEFORE.search(clause) or _GENERAL_BEHIND.match(scan.after(end, 14)))


def _person_near(scan: Scan, at: int, length: int) -> bool:
    """Whether it is told of somebody: a person before it in the sentence, or private numbers around."""
    before = scan.before(at, _REACH)
    sentence = before[max(before.rfind("。"), before.rfind("\n")) + 1 :]
    if _PERSON.search(sentence) or _SUFFERER.search(sentence + scan.after(at, length)) or _SUFFERER.search(sentence):
        return True
    if _TREATED.match(scan.after(at + length, 10)) or _LABELLED.match(scan.after(at, 6)):
        return True
    return scan.taken(at - 80, at + 80, *_NUMBERS) or _names_somebody(sentence)


def _names_somebody(sentence: str) -> bool:
    """Whether the tagger sees a person's name in what stands before the condition."""
    import rjieba

    sufferer = _SUFFERS.search(sentence)
    if sufferer and name_before(sentence, sufferer.start(), trust=ROLE):
        return True
    return any(
        flag == "nr" and len(word) > 1 and word[0] in PLAIN and word[:2] not in NOT_NAMES
        for word, flag in rjieba.tag(sentence)
    )
