"""Home addresses from the estate, village or street downwards."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住址：河东省平岳市云溪县柳河镇前洼村一组16号", ["前洼村一组16号"]),
        ("申请人家住青岚区望山街道学府苑3号楼1单元1102室，反映异味", ["学府苑3号楼1单元1102室"]),
        ("现住南关胡同15号院3号。", ["南关胡同15号院3号"]),
        ("租住兴业路6号院职工宿舍3号楼417室", ["兴业路6号院职工宿舍3号楼417室"]),
        ("投诉人住学府苑8-1-402，电话13900012345", ["学府苑8-1-402"]),
        ("入户核查：幸福家园7号楼2单元502住户拒绝开门", ["幸福家园7号楼2单元502"]),
    ],
)
def test_the_part_that_leads_to_a_door_is_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "办公地址：青岚区府前西街16号",
        "地址：平岳市南二环东路20号平岳大学体育学院",
        "项目位于望山街道兴业路9号北岭电子公司院内",
        "住房和城乡建设局",
        "工地距居民楼约9米，位于南关棚改A-07地块",
        "家庭住址：________",
        "住宅电话010-60001234",
        "保障性住房小区3号楼公共租赁住房配租公告",
        "医院门诊楼2号楼3单元",
    ],
)
def test_offices_sites_and_blanks_are_none(found, text: str) -> None:
    assert found(text) == []
