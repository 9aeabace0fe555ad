"""Where the demo brand sells: sixty stores in real cities, at invented addresses."""

from typing import NamedTuple


class Place(NamedTuple):
    """One store. ``lat`` and ``lng`` are WGS 84 degrees near the centre of the district."""

    region: str
    province: tuple[str, str]
    city: tuple[str, str]
    name: tuple[str, str]
    street: tuple[str, str]
    lat: float
    lng: float


# Code, and the name in English and Chinese.
REGIONS = {
    "NE": ("North-east", "东北大区"),
    "N": ("North", "华北大区"),
    "E": ("East", "华东大区"),
    "C": ("Central", "华中大区"),
    "S": ("South", "华南大区"),
    "SW": ("South-west", "西南大区"),
    "NW": ("North-west", "西北大区"),
}

_BY_CITY: tuple[tuple[str, str, str, str, str, tuple[tuple[str, str, str, str, float, float], ...]], ...] = (
    # region, province, 省, city, 市, (store, 店, street, 路, lat, lng)
    ("NE", "Heilongjiang", "黑龙江", "Harbin", "哈尔滨", (
        ("Central Street", "中央大街店", "Central Street 118", "中央大街118号", 45.7796, 126.6174),
        ("Qunli", "群力店", "Qunli 5th Avenue 20", "群力第五大道20号", 45.7378, 126.5461),
        ("Hexing Road", "和兴路店", "Hexing Road 66", "和兴路66号", 45.7243, 126.6290),
    )),
    ("NE", "Jilin", "吉林", "Changchun", "长春", (
        ("Chongqing Road", "重庆路店", "Chongqing Road 99", "重庆路99号", 43.8897, 125.3235),
        ("Ouya", "欧亚店", "Feiyue Road 1128", "飞跃路1128号", 43.8396, 125.2530),
    )),
    ("NE", "Liaoning", "辽宁", "Shenyang", "沈阳", (
        ("Middle Street", "中街店", "Zhong Street 168", "中街路168号", 41.8003, 123.4610),
        ("Taiyuan Street", "太原街店", "Taiyuan Street 16", "太原南街16号", 41.7912, 123.3975),
        ("Hunnan", "浑南店", "Quanyun Road 90", "全运路90号", 41.7205, 123.4555),
    )),
    ("NE", "Liaoning", "辽宁", "Dalian", "大连", (
        ("Xi'an Road", "西安路店", "Xi'an Road 107", "西安路107号", 38.9140, 121.5930),
        ("Qingniwa", "青泥洼店", "Qingni Street 57", "青泥街57号", 38.9181, 121.6330),
    )),
    ("N", "Beijing", "北京", "Beijing", "北京", (
        ("Sanlitun", "三里屯店", "Sanlitun Road 19", "三里屯路19号", 39.9335, 116.4540),
        ("Xidan", "西单店", "North Xidan Street 131", "西单北大街131号", 39.9110, 116.3740),
        ("Guomao", "国贸店", "Jianguomenwai Street 1", "建国门外大街1号", 39.9087, 116.4588),
        ("Wudaokou", "五道口店", "Chengfu Road 28", "成府路28号", 39.9925, 116.3377),
        ("Wangfujing", "王府井店", "Wangfujing Street 138", "王府井大街138号", 39.9139, 116.4110),
        ("Tongzhou", "通州店", "Xinhua West Street 58", "新华西街58号", 39.9036, 116.6440),
    )),
    ("N", "Tianjin", "天津", "Tianjin", "天津", (
        ("Binjiang Road", "滨江道店", "Binjiang Road 219", "滨江道219号", 39.1190, 117.1960),
        ("Nankai", "南开店", "South Gate Street 2", "南门外大街2号", 39.1290, 117.1810),
    )),
    ("N", "Hebei", "河北", "Shijiazhuang", "石家庄", (
        ("Beiguo", "北国店", "Zhongshan East Road 188", "中山东路188号", 38.0434, 114.5110),
        ("Yuhua", "裕华店", "Huai'an Road 39", "槐安路39号", 38.0190, 114.5260),
    )),
    ("N", "Hebei", "河北", "Zhangjiakou", "张家口", (
        ("Chongli Snow Town", "崇礼雪镇店", "Yuxing Road 8", "裕兴路8号", 40.9740, 115.2810),
    )),
    ("N", "Shanxi", "山西", "Taiyuan", "太原", (
        ("Liuxiang", "柳巷店", "Liuxiang 25", "柳巷25号", 37.8690, 112.5640),
    )),
    ("N", "Inner Mongolia", "内蒙古", "Hohhot", "呼和浩特", (
        ("Zhongshan Road", "中山路店", "Zhongshan West Road 3", "中山西路3号", 40.8150, 111.6600),
    )),
    ("N", "Shandong", "山东", "Jinan", "济南", (
        ("Quancheng Road", "泉城路店", "Quancheng Road 188", "泉城路188号", 36.6680, 117.0250),
        ("Shimao", "世茂店", "Spring Street 26", "芙蓉街26号", 36.6652, 117.0220),
    )),
    ("N", "Shandong", "山东", "Qingdao", "青岛", (
        ("May Fourth Square", "五四广场店", "Hong Kong Middle Road 10", "香港中路10号", 36.0640, 120.3840),
    )),
    ("E", "Shanghai", "上海", "Shanghai", "上海", (
        ("West Nanjing Road", "南京西路店", "West Nanjing Road 1266", "南京西路1266号", 31.2290, 121.4480),
        ("East Nanjing Road", "南京东路店", "East Nanjing Road 300", "南京东路300号", 31.2370, 121.4830),
        ("Xujiahui", "徐家汇店", "Hongqiao Road 1", "虹桥路1号", 31.1940, 121.4370),
        ("Lujiazui", "陆家嘴店", "Century Avenue 8", "世纪大道8号", 31.2360, 121.5010),
        ("Wujiaochang", "五角场店", "Songhu Road 8", "淞沪路8号", 31.3010, 121.5140),
        ("Zhongshan Park", "中山公园店", "Changning Road 1018", "长宁路1018号", 31.2200, 121.4180),
    )),
    ("E", "Jiangsu", "江苏", "Nanjing", "南京", (
        ("Xinjiekou", "新街口店", "Zhongshan Road 18", "中山路18号", 32.0430, 118.7840),
        ("Hexi", "河西店", "Jiangdong Middle Road 98", "江东中路98号", 32.0330, 118.7400),
    )),
    ("E", "Jiangsu", "江苏", "Suzhou", "苏州", (
        ("Guanqian Street", "观前街店", "Guanqian Street 88", "观前街88号", 31.3110, 120.6270),
        ("Jinji Lake", "金鸡湖店", "Suzhou Avenue East 409", "苏州大道东409号", 31.3190, 120.7120),
    )),
    ("E", "Zhejiang", "浙江", "Hangzhou", "杭州", (
        ("Hubin", "湖滨店", "Pinghai Road 124", "平海路124号", 30.2540, 120.1640),
        ("Qianjiang New City", "钱江新城店", "Fuchun Road 701", "富春路701号", 30.2440, 120.2110),
        ("Binjiang", "滨江店", "Jiangnan Avenue 228", "江南大道228号", 30.2080, 120.2100),
    )),
    ("E", "Zhejiang", "浙江", "Ningbo", "宁波", (
        ("Tianyi Square", "天一广场店", "Zhongshan East Road 188", "中山东路188号", 29.8690, 121.5570),
    )),
    ("E", "Anhui", "安徽", "Hefei", "合肥", (
        ("Huaihe Road", "淮河路店", "Huaihe Road 77", "淮河路77号", 31.8650, 117.2930),
    )),
    ("C", "Henan", "河南", "Zhengzhou", "郑州", (
        ("Erqi Square", "二七广场店", "Renmin Road 2", "人民路2号", 34.7530, 113.6660),
        ("Zhengdong", "郑东店", "Business Inner Ring 9", "商务内环9号", 34.7710, 113.7270),
    )),
    ("C", "Hubei", "湖北", "Wuhan", "武汉", (
        ("Jianghan Road", "江汉路店", "Jianghan Road 129", "江汉路129号", 30.5830, 114.2930),
        ("Optics Valley", "光谷店", "Luoyu Road 726", "珞喻路726号", 30.5060, 114.3990),
        ("Chu River", "楚河汉街店", "Chuhan Road 1", "楚汉路1号", 30.5560, 114.3410),
    )),
    ("C", "Hunan", "湖南", "Changsha", "长沙", (
        ("Wuyi Square", "五一广场店", "Huangxing Road 188", "黄兴中路188号", 28.1960, 112.9770),
        ("Meixi Lake", "梅溪湖店", "Meixi Lake Road 1177", "梅溪湖路1177号", 28.1900, 112.8930),
    )),
    ("S", "Guangdong", "广东", "Guangzhou", "广州", (
        ("Tianhe", "天河店", "Tianhe Road 208", "天河路208号", 23.1330, 113.3270),
    )),
    ("S", "Guangdong", "广东", "Shenzhen", "深圳", (
        ("Futian", "福田店", "Fuhua 3rd Road 269", "福华三路269号", 22.5360, 114.0590),
    )),
    ("SW", "Sichuan", "四川", "Chengdu", "成都", (
        ("Chunxi Road", "春熙路店", "Chunxi Road 8", "春熙路8号", 30.6550, 104.0800),
        ("Taikoo", "太古里店", "Shamao Street 8", "纱帽街8号", 30.6530, 104.0840),
        ("High-tech", "高新店", "Tianfu Avenue 1700", "天府大道1700号", 30.5700, 104.0640),
    )),
    ("SW", "Chongqing", "重庆", "Chongqing", "重庆", (
        ("Jiefangbei", "解放碑店", "Minquan Road 28", "民权路28号", 29.5570, 106.5770),
        ("Guanyin Bridge", "观音桥店", "Jianxin North Road 9", "建新北路9号", 29.5730, 106.5330),
    )),
    ("SW", "Yunnan", "云南", "Kunming", "昆明", (
        ("Shuncheng", "顺城店", "Dongfeng West Road 11", "东风西路11号", 25.0400, 102.7060),
    )),
    ("NW", "Shaanxi", "陕西", "Xi'an", "西安", (
        ("Bell Tower", "钟楼店", "East Street 1", "东大街1号", 34.2600, 108.9470),
        ("Xiaozhai", "小寨店", "Xiaozhai East Road 126", "小寨东路126号", 34.2230, 108.9480),
    )),
    ("NW", "Gansu", "甘肃", "Lanzhou", "兰州", (
        ("Zhangye Road", "张掖路店", "Zhangye Road 87", "张掖路87号", 36.0590, 103.8300),
    )),
    ("NW", "Xinjiang", "新疆", "Urumqi", "乌鲁木齐", (
        ("Youhao", "友好店", "Youhao North Road 689", "友好北路689号", 43.8180, 87.5800),
    )),
)  # fmt: skip

PLACES: tuple[Place, ...] = tuple(
    Place(
        region,
        (province_en, province_zh),
        (city_en, city_zh),
        (f"{city_en} {store_en}", f"{city_zh}{store_zh}"),
        (street_en, street_zh),
        lat,
        lng,
    )
    for region, province_en, province_zh, city_en, city_zh, stores in _BY_CITY
    for store_en, store_zh, street_en, street_zh, lat, lng in stores
)
