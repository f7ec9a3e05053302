#!/usr/bin/env python3
"""Makes words.txt, name_characters.txt and divisions.txt.

usage: make_tables.py DICT DIVISIONS

DICT       dict.txt of jieba 0.42.1 (`pip download --no-deps --no-binary :all: jieba`), MIT
DIVISIONS  a folder with provinces.csv, cities.csv and areas.csv of modood's
           Administrative-divisions-of-China (its `dist` folder), WTFPL

What is taken from jieba: how often a word is met, what part of speech it is, and which characters its
personal names are made of. No name of a person is taken over.
"""

import collections
import csv
import math
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
# A word must be met this often in jieba's count of 60 million; less where it begins as a name of a
# person may, for there it keeps a name from being found; more where it is neither noun nor verb.
COMMON, LIKE_A_NAME, OTHER = 800, 300, 2700
# A level of cost is this many nats.
STEP = 0.8

# Two-character words that jieba marks as names of people, and that are: the rest are words.
PEOPLE = set("""宋江 曹操 刘备 鲁迅 林彪 杜甫 武松 李逵 孔明 孙权 朱德 江青 刘邦 项羽 岳飞 李鹏 列宁 王明 朱熹 陈毅
李白 张飞 林冲 陆羽 吕布 金庸 周瑜 施琅 吴仪 袁绍 胡风 溥仪 曹禺 范蠡 李俊 张大 荣禄 张宁 安娜 布什 李娜 刘翔 关公
约翰 保罗 威廉 彼得 马克 马丁 亨利 牛顿 司马 令狐 慕容 呼延 拓跋 欧阳 慈禧 张家 李家 刘家 赵家 谢家 郑和 孔子 孟子
金正日 周恩来 丘处机 陆游 屈原 关羽 乔石 万学文 顾源 华瑞 马良 庄子 夸特 亨特 布朗 贝尔 索尼 苏宁 英特尔 林立 王平 探春 芙琳 金嫣 沙僧 唐僧 宝玉 杜仲 贝母 金莲 小贝 项羽
""".split())
# Words that jieba marks as names of places or organisations, and that are none.
NO_PLACES = """城市 东西 外国 爱国 自治州 英雄 朝廷 哥哥 海洋 自治县 湖泊 大桥 高原 上市 美丽 山区 江湖 大街 开国
共和国 国家机关 城镇 京城 庆典 南路 深度 山脉 回国 治安 大国 新鲜 海峡 冰川 长度 山水 长大 莫非 联合会 高级中学 普及
古典 阴阳 高山 大海 山坡 河谷 上马 福利 日志 云集 青春 山河 神圣 桥头堡 中路 西门 法西斯 河水 中断 山洞 都城 关联
上半场 湖水 广义 上山 江水 南门 海关 大洋 山峰 北门 下山 上台 山寨 契约 入口 都市 党组织 国际化 重镇 三角洲 人民军队
山口 大山 千古 城堡 交易所 深山 江河 伦理 通讯社 泉水 渡江 公安局 天黑 法典 池塘 社会科学 加盟 登山 密封 上门 立马
国家队 海滨 联合政府 湖区 音乐会 音乐学院 沿河 海滩 西路 贵宾 东路 天文学 卫国 入海 嘉宾 山林 山川 北风 赞美 喜庆
登极 大门口 北路 礼拜 深海 山羊 商业银行 远洋 井口 太阳 平原 地区 西瓜 南瓜 同盟会 象牙 深水 归国 山岭 台风 朝野
正南 河湾 江流 上铺 海岛 入门 河畔 上岗 夕阳 河沟 音乐厅 永固 美术馆 港湾 新春 绕城 台站 波及 绵羊 文工团 冰山 旧城
太极 古镇 山庄 上议院 度 欢庆 伦理学 美德 山野 立国 密林 上古 开朗 缅怀 交易会 端庄 珍藏 松林 半封建 锦旗 山沟 大伯
香水 上楼 后山 越野 虎口 河滩 浅海 大坝 山丘 新旧 湖畔 沧桑 朝霞 滑坡 小国 四合院 串联 黑马 美化 洛阳城 葡萄园 卫生院
联合体 昆曲 深藏 山村 登门 古堡 海鲜 山崖 中医药 统计学 施工队 同盟国 开山 黑社会 信息中心 超级大国 卫生局 党政机关
扎根 得意洋洋 满头大汗 海洋生物 大中学校 陆战队 恩典 国务 二人 令人 太阳穴 太后 建国 广度 原则 王国 古城 古老 登陆
""".split()
# Words that go into names and that jieba marks as times, numbers or the like.
NOUNS = set("少年 青年 儿童 中年 老年 妇女 公安 百科 世纪 消费者 志愿者 记者 作者 学者 第一 第二 二十一世纪 国际 全国 下一代".split())
# Words of the press that are younger than jieba's count, or rarer in it than they are now. Our own list.
YOUNG = set("""中小学 民主党派 共产党员 疫情 防控 脱贫 攻坚 扶贫 文旅 乡村振兴 网信 营商环境 专班 复工 复产 创新 创业 就业 养老 医保 社保 低保
新区 高新区 开发区 产业园 园区 街道 社区 网格 网络 互联网 大数据 人工智能 数字 智能 智慧 平台 融合 绿色 低碳 碳中和 碳达峰 新能源 光伏 环保 生态
督查 督导 巡视 巡察 纪检 监察 政法 统战 党建 党组 党员 干部 群众 代表 委员 调研 部署 落实 推进 统筹 协调 保障 改善 民生 项目 招商 引资 签约 开工
投产 竣工 验收 通车 开通 高铁 地铁 机场 航班 物流 快递 电商 直播 短视频 微信 微博 抖音 客户端 新媒体 融媒体 核酸 检测 疫苗 接种 隔离 确诊 病例 医院 医生
护士 患者 校园 学校 教师 学生 家长 考生 高考 录取 毕业生 大学生 研究生 市民 居民 村民 农户 合作社 种植 养殖 丰收 粮食 蔬菜 水果 旅游 景区 游客 民宿
文化 非遗 博物馆 图书馆 体育 比赛 冠军 运动员 教练 警方 民警 交警 消防 救援 应急 暴雨 洪水 台风 地震 灾害
棚户区 灾区 厂区 库区 林区 牧区 校区 辖区 片区 禁区 误区 战区 盲区 社区 市区 城区 郊区 老区 景区 小区 乡镇 村镇 集镇 重镇 古镇 小镇 山村 农村 渔村 新村
自然村 行政村 贫困村 贫困县 省市 县市 县区 市县 江河 湖泊 海港 渔港 海岛 孤岛 群岛 山寨 河湖 旅游区 开发区 保护区 示范区 试验区 自治州 自治县 自治区""".split())
# A division's short name that jieba knows as a common word; in a text it is the place only beside others.
NOT_COMMON = set("""石首 仙桃 孝感 恩施 石家庄 合肥 银川 商丘 信阳 酒泉 河源 包头 大连 开封 保定 遵义 南通 金华 嘉兴 哈密
日照 拉萨 桂林 海口 和田 张家口 张家界 宝鸡 许昌 秦皇岛 银川 安康 大庆 河间 赤壁 大冶 应城 监利 当阳 海口 大同 吉安
安阳 渭南 本溪 延安 瑞金 平遥 福清 大理 烟台 唐山 泰安 德州 济宁 临沂 大兴 昌平 虎丘 秦淮 上海 中山 珠海 台州""".split())


# The characters that Xinhua's tables of transliteration use for the common European languages.
TRANSLITERATION = """阿埃艾安昂奥巴白班邦包保鲍贝本比彼毕别宾波伯博布采查察茨达戴丹当道德登邓迪蒂丁东杜敦顿多厄恩尔法凡范方菲费芬
丰佛夫弗福富盖甘冈高戈哥格根贡古瓜圭哈海汉豪赫黑亨洪胡华怀惠霍基吉姬季加贾杰捷金京久卡凯坎康考科克肯孔库夸奎拉莱赖兰朗劳勒雷
蕾黎里理利莉丽列林琳隆娄卢鲁露伦罗洛吕马迈麦曼芒梅门蒙孟米密敏明缪摩莫墨默姆木穆慕纳娜奈南瑙内嫩尼妮宁纽农努诺欧帕派潘庞培佩彭
蓬皮珀普齐其奇恰强乔切钦琴青琼丘热荣茹儒瑞若萨塞赛桑瑟森沙莎珊尚绍舍申圣施什史舒斯丝松苏索塔泰坦汤特滕腾提田铁廷通图托脱瓦万旺威
薇韦维卫魏温文翁沃乌武西希锡夏肖歇谢辛欣兴雄休许逊雅娅亚延扬尧耶叶伊因英永尤约云泽曾扎詹珍芝朱兹宗祖佐涅黛"""


# Short names that jieba seldom meets, and that are words all the same. Of others that are so rare, the part of
# speech says little: they are names.
RARE_WORDS = set("""老城 新星 民权 无为 天涯 灯塔 小店 海棠 麒麟 七星 双桥 清流 爱民 开化 丰满 石棉 回民 鸡冠
江岸 平房 高台 裕民 文峰 月湖 响水 交口 天元 永福 三台 水城 海盐 龙口 金牛 石鼓 永定 大竹 大足 城厢 路北 路南 市南 市北""".split())

# Short names that are common words, whatever jieba marks them as.
COMMON_TOO = set("""友谊 江山 凤凰 白云 武功 梁山 向阳 木兰 温泉 宝塔 元宝 高明 明水 海港 红旗 太白 青山 大田 大方 南山 金山 银海 来宾
海湾 兰西 中江 东山 西山 北山 新城 城关 古城 桥东 桥西 路南 路北 市中 城区 郊区 矿区 东风 前进 朝阳 光明 长安 大学
惠民 惠农 安居 乐业 富民 民乐 兴业 同心 和顺 新建 沿河 上街 长寿 牡丹 平原 天桥 博爱 湖滨 滨海 滨江 石柱 康乐 荷塘 路桥 山城 兴国 白银 河口 江口 威信 太平 站前 安宁 天门""".split())


def han(word):
    return all("\u4e00" <= c <= "\u9fff" for c in word)


def read_dictionary(path):
    words = {}
    for line in pathlib.Path(path).read_text("utf-8").splitlines():
        word, count, tag = line.split()
        words[word] = (int(count), tag)
    return words


def levels(table, step, top=None, most=None):
    """Characters by level: the cheapest is level 0, each further one costs `step` nats more."""
    lines = collections.defaultdict(list)
    for key, cost in table.items():
        level = max(0, round((cost - (top or 0)) / step))
        if most is None or level <= most:
            lines[level].append(key)
    return lines


def names(words, surnames):
    """How likely a character begins a name, is first or last in a given name, and is foreign."""
    family, first, last, foreign = (collections.Counter() for _ in range(4))
    for word, (_, tag) in words.items():
        if tag not in ("nr", "nrfg") or not han(word):
            continue
        if len(word) == 3 and word[0] in surnames:
            family[word[0]] += 1
            first[word[1]] += 1
            last[word[2]] += 1
    # Foreign names: those that hold characters which hardly a Chinese name does.
    for word, (_, tag) in words.items():
        if tag in ("nr", "nrt", "ns", "nz") and han(word) and 3 <= len(word) <= 7:
            if sum(c in "斯尔克德特尼巴拉罗莱蒂瓦卡托姆塔洛诺菲戈维亚伊夫里娜格赫姆萨茨" for c in word) * 2 >= len(word):
                foreign.update(word)
    def cost(counter, least):
        total = sum(counter.values())
        return {c: -math.log(n / total) for c, n in counter.items() if n >= least}
    def whole(table, characters):
        """Characters known to belong to a table, but seldom met in jieba's: as seldom as the least of it."""
        least = max(table.values())
        return {**{c: least for c in characters if han(c)}, **table}
    # Not those that are far more often words than names.
    often = {w for w, (n, _) in words.items() if len(w) == 1 and n > 130_000}
    frequent = {w for w, (n, _) in words.items() if len(w) == 1 and n > 60_000}
    is_liked = lambda table: {c: cost for c, cost in table.items() if c not in frequent or cost < 6.4}
    is_rare = lambda table: {c: cost for c, cost in table.items() if c not in often}
    return {
        "family": whole(cost(family, 4), surnames),
        "first": is_liked(cost(first, 5)),
        "last": is_liked(cost(last, 5)),
        "foreign": is_rare(whole(cost(foreign, 6), TRANSLITERATION)),
    }


def main():
    words = read_dictionary(sys.argv[1])
    folder = pathlib.Path(sys.argv[2])
    total = sum(count for count, _ in words.values())
    surnames = "".join(
        line for line in (HERE / "surnames.txt").read_text("utf-8").splitlines() if not line.startswith("#") and " " not in line
    )

    # Divisions.
    rows = {name: list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8"))) for name in ("provinces", "cities", "areas")}
    nations = "各族|" + "|".join(
        "维吾尔 哈萨克 柯尔克孜 塔吉克 锡伯 蒙古 朝鲜 达斡尔 鄂温克 鄂伦春 满 回 藏 羌 彝 苗 侗 壮 瑶 黎 土家 土 畲 白 傣 景颇 傈僳 独龙 怒 哈尼 拉祜 佤 纳西 布依 水 仡佬 仫佬 毛南 各 裕固 保安 东乡 撒拉 布朗 普米 阿昌 德昂".split()[i] + "族?" for i in range(44)
    )
    places, clashes = set(), set()

    def marked(name, is_city=False):
        """The name with `|` before what may be left out, `?` for a doubtful short form and `!` for one that is a common word."""
        short = re.match(rf"^(.{{2,}}?)(?:(?:{nations})*自治[县州旗区]|特别行政区|地区|林区|[省市县区盟旗])$", name)
        # 阿鲁科尔沁旗 has no short form, and a short form of one character is none.
        if not short or name.endswith(("新区", "矿区")):
            return name
        short = short[1]
        count, tag = words.get(short, (0, ""))
        is_common = tag and tag[0] in "vadbcmqrpuiltzsfo" or tag.startswith(("n", "j")) and tag not in ("ns", "nr", "nrt", "nrfg", "nt")
        if short in COMMON_TOO:
            mark = "!"
            clashes.add(short)
        elif is_common and short not in NOT_COMMON and (count >= 300 or short in RARE_WORDS):
            mark = "!" if count >= 300 else "?"
            clashes.add(short)
        elif is_city or tag in ("ns", "nt") or short in NOT_COMMON or not name.endswith(("区", "旗")) and tag:
            mark = "|"
        else:
            mark = "?"
        places.add(short)
        return short + mark + name[len(short):]

    lines = [
        "# Provinces, prefectures and counties of China as of 2023, made by make_tables.py from the codes of the",
        "# Ministry of Civil Affairs as collected by modood (Administrative-divisions-of-China, WTFPL), leaving out",
        "# entries that name no place (市辖区). A province stands on a line of its own; a line below begins with a",
        "# tab, the prefecture (none for what lies right below the province), and has its counties.",
        "# `|` stands before what a text may leave out; `?` likewise where the short form is seldom used;",
        "# `!` where it is a common word as well, by jieba's dictionary.",
    ]
    real = lambda name: not re.match(r"^(市辖区|县|.*直辖县.*|.*管委会|.*委员会|.*白沟.*|中沙.*|.*(?:经济|技术|产业|工业|管理|园|示范|试验|实验|口岸|开发).*区)$", name)
    for province in rows["provinces"]:
        lines.append(marked(province["name"], True))
        places.add(province["name"])
        direct = []
        for city in rows["cities"]:
            if city["provinceCode"] != province["code"]:
                continue
            areas = [area["name"] for area in rows["areas"] if area["cityCode"] == city["code"] and real(area["name"])]
            places.update(areas + [city["name"]])
            if real(city["name"]):
                lines.append("\t" + " ".join([marked(city["name"], True)] + [marked(area) for area in areas]))
            else:
                direct += [marked(area) for area in areas]
        if direct:
            lines.append("\t" + " ".join([""] + direct))
    lines += ["台湾|省", "香港|特别行政区", "澳门|特别行政区"]
    (HERE / "divisions.txt").write_text("\n".join(lines) + "\n", "utf-8")

    # Characters of names.
    tables = names(words, surnames)
    head = [
        "# How likely a character is in names of people: made by make_tables.py from jieba's dictionary (MIT, see",
        "# LICENSE-jieba), counted over its names, none of which is here. A line: the table, a level, its characters;",
        f"# a level is {STEP} nats less likely than the one before. `family` begins a name, `first` and `last` are the",
        "# characters of a given name of two, `foreign` stands in a name in transliteration, `word` is a word by",
        "# itself in ordinary text.",
    ]
    single = {w: -math.log(n / total) for w, (n, t) in words.items() if len(w) == 1 and han(w)}
    known = set().union(*(table.keys() for table in tables.values()))
    tables["word"] = {w: c for w, c in single.items() if c < 11.7}
    for name, table in tables.items():
        for level, characters in sorted(levels(table, STEP).items()):
            head.append(f"{name} {level} {''.join(sorted(characters))}")
    (HERE / "name_characters.txt").write_text("\n".join(head) + "\n", "utf-8")

    # Common words.
    world = set((HERE / "world.txt").read_text("utf-8").split())
    places |= world
    kept = {}
    for word, (count, tag) in words.items():
        if not han(word) or not 2 <= len(word) <= 4:
            continue
        if word in PEOPLE or tag in ("nr", "nrt", "nrfg") and len(word) > 2:
            continue
        if tag in ("ns", "nt") and word not in NO_PLACES and word not in COMMON_TOO:
            continue
        if word in places and word not in COMMON_TOO and tag in ("nr", "nrt", "nrfg", "nz"):
            continue
        if re.match(r"^[一二三四五六七八九十百千万两]+[年月日天个名人岁点]$", word):
            continue
        like_a_name = word[0] in tables["family"] and len(word) <= 3
        noun = tag[0] in "njbag" or tag in ("vn", "vi", "l", "s", "f") or word in NO_PLACES or word in NOUNS
        least = LIKE_A_NAME if like_a_name else COMMON if noun or tag[0] == "v" else OTHER
        if word not in clashes and word not in YOUNG and count < least:
            continue
        if len(word) > 2 and count < COMMON:
            # A compound of words that are kept is found without being listed.
            parts = [(word[:i], word[i:]) for i in range(1, len(word))]
            if any(words.get(a, (0,))[0] > COMMON and words.get(b, (0,))[0] > COMMON and len(a) > 1 for a, b in parts):
                continue
        kept[word] = ("n" if noun else "v" if tag[0] == "v" else "o", -math.log(count / total))
    for word in YOUNG - set(kept):
        kept[word] = ("n", 10.5)
    # Two words that are kept make a third.
    for word in [word for word in kept if len(word) == 4 and word[:2] in kept and word[2:] in kept]:
        del kept[word]
    head = [
        "# Common words of Chinese, made by make_tables.py from jieba's dictionary (MIT, see LICENSE-jieba).",
        "# A line: n for nouns and what goes into names of organisations, v for verbs, o for others; a level, which is",
        f"# {STEP} nats less likely than the one before; its words.",
    ]
    lines = collections.defaultdict(list)
    for word, (kind, cost) in kept.items():
        lines[kind, min(max(0, round((cost - 5.6) / STEP)), 9)].append(word)
    for (kind, level), group in sorted(lines.items()):
        head.append(f"{kind} {level} {' '.join(sorted(group))}")
    (HERE / "words.txt").write_text("\n".join(head) + "\n", "utf-8")
    print(len(kept), "words;", {name: len(table) for name, table in tables.items()}, "; places", len(places))


main()
