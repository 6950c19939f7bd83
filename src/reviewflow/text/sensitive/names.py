"""What a personal name looks like: surnames, given names, names with a middle dot; and how long one is."""

import re

_COMPOUND = (
    "欧阳 司马 诸葛 上官 司徒 东方 夏侯 皇甫 尉迟 公孙 慕容 令狐 赫连 呼延 南宫 闻人 钟离 万俟 申屠 宇文 长孙 鲜于 亓官 司空 淳于 "
    "单于 太史 端木 轩辕 独孤 拓跋 濮阳 澹台 公冶 宗政 仲孙 西门 百里 东郭 左丘 第五 哈斯 公羊 谷梁 闾丘 乐正 颛孙 壤驷"
).split()
# The surnames of nearly everybody, then rarer ones that are ordinary words as well.
_COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时"
    "穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫柏宗瞿桂佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩"
    "明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰"
    "卿狄平索宣晋初门云容敬来扈晁芮普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况宿鲜印逯隆茹诺战慕危玉银亢嵇哈湛宾戎勾茅"
    "呼揭尉冶斯檀衣展阴昝智幸植衡富尧闭訾邓厍爨郗寸苍仓沃淡滑贡左权伍项穆逄阎宁从郁"
)
_MIDDLE_DOTS = "·•・‧"
_HAN = "\u4e00-\u9fff"
DOTTED = re.compile(rf"[{_HAN}]{{2,8}}(?:[{_MIDDLE_DOTS}][{_HAN}]{{1,10}})+")
# Parts of Tibetan, Mongolian and Uyghur names, which have no surname to go by.
_ELEMENT = "卓玛|扎西|次仁|央金|多吉|旺堆|拉姆|丹增|格桑|索朗|仁青|尼玛|达瓦|巴桑|平措|其其格|巴特尔|巴根|娜仁|图雅|高娃|苏日娜|斯琴|宝音|古丽|买买提|热依汗|巴图|那顺|乌云"
_ELEMENTS = re.compile(
    rf"(?:{_ELEMENT})[{_HAN}]{{0,4}}?(?={_ELEMENT}|[^{_HAN}]|$)(?:{_ELEMENT})?|[{_HAN}]{{1,3}}(?:{_ELEMENT})(?![{_HAN}])"
)
_WINDOW = 8
MASKED = frozenset("某×＊*Xx")

# Characters that begin what follows a name rather than end it.
_GOES_ON = frozenset(
    "称说反向于在因的与和及等持住系对将已提认补诉投要请求签领是也又仍均曾未不从被把让给以就再才都只还无去打致该其他她我你您身证号手联"
    "电到出表述报来回购使驾同为作现经按应至收所做拟需共办遗户并或则由用，。、；：！？（）()：,;"
)
_PLACE_ENDS = frozenset("乡镇村区县市省街路局厅委站队组旗")
_NO_GIVEN_NAME = frozenset(
    "的了是在于和与及或等某该此其被把将对向从因由已未不也都又再就还让给个们这那下中内外里前后间号第各每"
)
_NOT_NAMES = frozenset(
    "单位 代表 代理 方式 方面 时间 时期 安全 计划 经营 成员 项目 管理 程序 应当 应该 应急 连续 相关 高度 高中 高层 明确 明显 平台 平均 平方 "
    "常住 常务 常委 全部 全体 全家 公司 公安 公开 公示 公告 路段 路口 国家 国有 温度 关于 关系 权利 权益 利益 利用 居民 居住 干部 但是 "
    "包括 包含 支付 支持 金额 金融 水务 马上 万元 何时 何种 和解 文件 文明 文化 华侨 花园 石油 石材 云南 云台 江苏 江西 海南 海关 宁夏 宁波 "
    "安徽 安置 安排 安装 成都 成立 成果 广东 南京 南方 原因 原告 房屋 房产 房东 车主 车辆 车位 司机 司法 师傅 师生 官方 官员 商户 商店 商业 "
    "党员 党委 党组 党支 景区 景观 容器 来源 来访 来电 来信 信息 信访 信用 信函 信箱 展示 富裕 奉公 幸福 智能 阴天 印章 隆重 修改 修理 银行 "
    "玉米 公里 元件 元旦 束缚 宾馆 利率 居委 由于 由此 从事 从业 相应 权属 计量 计算 平安 初步 初中 门卫 门市 门口 容积 宣传 宣布 索要 索赔 "
    "支出 支部 丰富 井盖 祖籍 廉洁 练习 盖章 帅气 强调 强制 强烈 海水 区域 区县 伊始 位置 闻讯 满意 满足 楼道 楼房 盘点 皮革 劳动 劳务 楚天 "
    "燕山 班级 班子 南侧 南门 乐器 惠民 谈话 封存 封闭 官网 查看 查询 查处 查封 池塘 明知 桑树 荣誉 商品 商铺 和谐 师范 边界 边坡 应诉 应届 "
    "全区 全县 全市 全年 全程 席位 卫生 卫健 费用 费率 宫颈 戚友 麦收 连带 项下 车间 车站 古镇 古树 农村 农业 农户 农民 时限 阳光 阳性 "
    "解决 解释 解除 房间 管网 管道 管辖 路面 路线 游客 游览 蓝天 成本 成功 成人 盛装 谷物 苗木 单独 单元 童年 纪律 纪检 符合 尚未 包装 "
    "祝愿 甘肃 左右 左侧 关闭 关注 关停 申请 申报 申诉 易燃 齐全 康复 施工 施行 汤圆 向下 严重 严格 万达 康养 文书 牛羊 安保 安静 颜色 章程 "
    "岳父 岳母 史料 陶瓷 毛坯 龙头 雷雨 段落 方案 方向 白天 白酒 夏季 夏天 贾某 金属 石化 范围 钟头 任何 任务 任职 卢布 程度 苏州 余下 余额 "
    "田地 田间 曾经 曾任 许可 许多 宋代 谢绝 罗列 高温 高速 高压 林地 林业 何况 胡同 马路 周边 周围 周末 周期 徐州 孙子 孙女 黄色 黄河 "
    "杨树 陈述 陈旧 张贴 李子 王府 江北 江南 汉族 满族 回族 男性 女性 本人 家属 家长 家庭 户籍 身份 姓名 电话 地址 住址 联系 手机 银杏 "
    "代收 代领 代办 鲜花 严禁 章节 方可 方法 向上 万人 毕业 季度 季节 成员 单价 童装 凌晨 舒适 华北 喻为 齐心 强化 平原 平时 计生 初二 都市 "
    "明年 明日 原有 原本 海域 海拔 国内 国际 全省 全国 广场 相比 相邻 平日 强行 曲线 时段 白色 高度 那里 那么 那个 都是 修建 修复 南北 南街 "
    "官司 单据 司令 司乘 尚有 都有 文字 文本 鲁莽 明火 和平 连夜 连接 沙石 沙尘 艾草 花生 花费 花草 边缘 池水 冷却 冷水 冷库 米面 桂花 海鲜 储蓄 宿舍 来往 主管 信息 学生 家长 教师 特岗 社会 人力 群众 性病 普通 国语 满分 党工 车间 支行 户籍 白天 成年 安置 暂住 常年 于是 关键 车牌 代收 夸大 平安".split()
)


def name_at(text: str, at: int, *, sure: bool) -> str | None:
    """The personal name that begins at an offset, or None.

    ``sure`` says that the place itself promises a name (a label with a colon, a number right behind): then a
    name may be an ordinary word too, if nothing but a mark follows it. Without it the tagger must see a person.
    """
    dotted = DOTTED.match(text, at)
    if dotted and "某" not in dotted[0]:
        return _without_what_follows(dotted[0])
    window = text[at : at + _WINDOW]
    if not _is_han(window[:1]) or window[:2] in _NOT_NAMES or window[1:2] in MASKED or window[2:3] in MASKED:
        return None
    element = _ELEMENTS.match(window)
    if element and sure:
        return element[0]
    compound = next((surname for surname in _COMPOUND if window.startswith(surname)), None)
    if compound:
        given = _given(text, at + len(compound))
        return compound + given if given and (sure or len(given) == 1 or not _is_word(given)) else None
    return _tagged(window, sure=sure) or (_by_surname(text, at, window) if sure else None)


def _without_what_follows(name: str) -> str:
    """A name with a middle dot, cut where a word such as 要求 or 反映 begins behind its last part."""
    last = max(name.rfind(dot) for dot in _MIDDLE_DOTS) + 1
    for at in range(last + 2, len(name)):
        if name[at : at + 2] in FOLLOWING or name[at] in "称说反在于的因向请":
            return name[:at]
    return name


def _tagged(window: str, *, sure: bool) -> str | None:
    """A name as the tagger cuts it: in one piece, or a surname and a given name; None when it sees no person."""
    import rjieba

    tags = rjieba.tag(window)
    word, flag = tags[0]
    if word[0] not in _COMMON:
        return None
    if len(word) == 1 and len(tags) > 1 and (flag == "nr" or sure):
        given = tags[1][0]
        named = len(given) <= 2 and _is_han(given[0]) and given not in FOLLOWING and word + given[0] not in _NOT_NAMES
        if not named or (len(given) == 1 and not sure) or given[0] in _GOES_ON:
            return None
        sound = given[0] not in _NO_GIVEN_NAME and given[-1] not in _NO_GIVEN_NAME | _PLACE_ENDS
        return word + given if sound else None
    if not flag.startswith("nr") or word[:2] in _NOT_NAMES:
        return None
    # The tagger sometimes takes the first character of what follows: 王芳家 is 王芳.
    while len(word) > 2 and (
        len(word) > 3 or word[-1] in _GOES_ON or window[len(word) - 1 : len(word) + 1] in FOLLOWING
    ):
        word = word[:-1]
    return word if len(word) >= 2 and word[1] not in _NO_GIVEN_NAME and word[-1] not in _PLACE_ENDS else None


def _by_surname(text: str, at: int, window: str) -> str | None:
    """Surname and given name by their characters; a word of two characters only where a mark follows it."""
    if window[0] not in _COMMON:
        return None
    given = _given(text, at + 1)
    if not given:
        return None
    name = window[0] + given
    closed = not _is_han(window[len(name) : len(name) + 1]) or window[len(name) : len(name) + 2] in FOLLOWING
    wordlike = _is_word(name) or (len(name) == 3 and (_is_word(name[1:]) or _is_word(name[:2])))
    return name if closed or not wordlike else None


def _given(text: str, at: int) -> str:
    first, second = text[at : at + 1], text[at + 1 : at + 2]
    if not _is_han(first) or first in _NO_GIVEN_NAME or first in MASKED:
        return ""
    if second in MASKED:
        return ""
    if _is_han(second) and second not in _GOES_ON and second not in _NO_GIVEN_NAME and not _begins_word(text, at + 1):
        return first + second
    return first


def _begins_word(text: str, at: int) -> bool:
    """Whether a word such as 反映 or 家门口 begins here, so that the character belongs to it and not to the name."""
    return text[at : at + 2] in FOLLOWING


FOLLOWING = frozenset(
    "反映 投诉 举报 表示 认为 提出 提供 要求 请求 申请 家中 家里 家门 家属 夫妇 夫妻 一家 二人 两人 三人 四人 五人 等人 同志 先生 女士 老人 居住 "
    "签字 签名 签收 到场 到会 到局 代为 代收 丧偶 户内 名下 本人 自述 陈述 确认 补充 介绍 承认 拒绝 同意 委托 指认 购买 购入 驾驶 使用 经营 "
    "报名 参加 患有 患病 因病 突发 确诊 住院 死亡 受伤 摔伤 出生 现住 家住 暂住 租住 原住 名义 账户 银行 手机 电话 身份 证件 护照 微信 车牌 "
    "承租 承包 所有 于是 今年 去年 现年 男性 女性 男，汉 遗失 领取 收到 缴纳 送达 指出 强调 主持 担任 任职 大学 小学 中学 毕业 已经 曾经 "
    "父子 父女 母子 母女 兄弟 姐妹 之子 之女 之妻 之父 之母 共同 分别 均为 作为 成为 打来 来电 来信 来访 来局 在家 在场 表达 通过 希望 感谢".split()
)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_word(name: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(name))
