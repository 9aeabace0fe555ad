"""Invented Chinese names, and what they sound like."""

from functools import cache
from random import Random

from pypinyin import Style, lazy_pinyin

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
FEMALE = tuple(
    "雨欣 思琪 佳怡 梓涵 晓雯 婷婷 静怡 雪梅 丽娜 诗涵 子萱 可欣 美玲 海燕 春燕 秀英 桂兰 玉兰 梦瑶 若曦 欣妍 语嫣 慧敏 "
    "雅琴 丹丹 娟 敏 静 丽 艳 芳 燕 玲 雪 晶 倩 琳 洁 颖 薇 冬梅 立春 小满 清秋 初雪 念慈".split()
)
MALE = tuple(
    "浩然 子轩 宇航 俊杰 志强 建国 建军 伟东 明轩 文博 思远 嘉豪 天宇 泽宇 晨曦 海涛 国栋 振华 立新 永强 鹏飞 晓峰 少华 "
    "家明 伟 强 磊 军 洋 勇 杰 涛 超 鹏 斌 浩 凯 峰 帅 龙 北辰 沐阳 凌寒 松年 远山 一鸣".split()
)


def person(chance: Random, gender: str) -> str:
    """A full name that suits ``gender`` (``"female"`` or ``"male"``)."""
    return chance.choice(SURNAMES) + chance.choice(FEMALE if gender == "female" else MALE)


@cache
def latin(name: str) -> str:
    """``name`` as it stands in a passport: ``Wang Yuxin``."""
    sounds = lazy_pinyin(name, style=Style.NORMAL)
    return f"{sounds[0].capitalize()} {''.join(sounds[1:]).capitalize()}"
