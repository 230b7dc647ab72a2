/** Words that the generated titles are made of, the commonest first: they are drawn by Zipf. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const chineseWords = words(`
  中国 世界 历史 文化 生活 艺术 人生 经济 管理 社会 文学 教育 研究 心理 健康 城市 故事 儿童 科学 技术
  设计 投资 企业 思想 哲学 语言 自然 时间 旅行 家庭 孩子 成长 音乐 美术 电影 摄影 建筑 园林 书法 绘画
  诗歌 小说 散文 戏剧 传说 神话 民俗 传统 现代 古代 近代 当代 东方 西方 南方 北方 江南 岭南 深圳 广东
  北京 上海 香港 敦煌 丝绸 长城 黄河 长江 海洋 草原 森林 沙漠 高原 山水 村庄 乡土 老街 火车 地铁 港口
  动物 植物 昆虫 鸟类 恐龙 宇宙 星空 地球 气候 环境 生态 能源 物理 化学 数学 生物 基因 医学 中医 营养
  饮食 茶叶 瑜伽 跑步 足球 围棋 编程 算法 数据库 网络 人工智能 机器人 计算机 软件 芯片 云计算 区块链
  互联网 金融 股票 会计 税务 法律 宪法 合同 民法 刑法 政治 外交 军事 战争 和平 革命 改革 开放 创新
  创业 营销 品牌 谈判 沟通 写作 阅读 演讲 记忆 思维 逻辑 情绪 幸福 孤独 爱情 婚姻 亲子 青春 校园 老师
  父亲 母亲 外婆 少年 女孩 月光 春天 夏天 秋天 冬天 大雪 风雨 灯塔 花园 小镇 河流 远方 回声 黄昏 黎明
  皇帝 王朝 汉朝 唐朝 宋朝 明朝 清朝 三国 红楼 史记 论语 老子 庄子 孟子 周易 诗经 楚辞 唐诗 宋词 元曲
  鲁迅 老舍 苏轼 李白 杜甫 莎士比亚 达尔文 爱因斯坦 牛顿 康德 尼采 弗洛伊德 马克思 亚里士多德 柏拉图
  英语 日语 法语 德语 汉语 方言 词汇 语法 翻译 辞典 地图 年鉴 统计 概率 几何 代数 微积分 力学 光学 电子
  通信 机械 材料 桥梁 隧道 汽车 航空 航天 船舶 铁路 交通 物流 农业 茶园 果树 水稻 渔业 畜牧 食品 服装
  陶瓷 家具 珠宝 玉器 青铜 佛教 道教 石窟 寺庙 祠堂 族谱 方志 档案 图书馆 博物馆 出版 编辑 新闻 广告
`)

/** Frames of a title; `{}` is a word. */
export const chineseFrames = [
  '{}与{}',
  '{}的{}',
  '{}简史',
  '{}{}研究',
  '{}概论',
  '走进{}',
  '{}：{}之旅',
  '{}入门',
  '图解{}',
  '{}十讲',
  '我的{}{}',
  '{}手册',
  '{}{}史话',
  '{}中的{}',
  '寻找{}',
  '{}{}导论',
  '写给孩子的{}',
  '{}与{}的对话',
  '从{}到{}',
  '{}全书',
  '论{}',
  '{}{}实务',
  '什么是{}',
  '大话{}',
] as const

export const englishWords = words(`
  History World Life Art Science Time Story Modern City Nature Mind Music Culture China Children House
  Garden River Night Light Winter Summer Ocean Mountain Shadow Silence Memory Dream Journey Road Bridge
  Language Grammar Economy Market Money Power Justice War Peace Empire Revolution Democracy Society
  Design Architecture Painting Photography Cinema Theatre Poetry Novel Myth Legend Religion Philosophy
  Ethics Logic Mathematics Physics Chemistry Biology Genetics Medicine Health Brain Sleep Food Cooking
  Climate Energy Earth Universe Stars Space Evolution Animals Birds Insects Plants Forest Desert Island
  Computer Software Programming Algorithms Networks Databases Machines Learning Robots Internet Security
  Business Leadership Strategy Innovation Marketing Finance Investing Accounting Management Work Habits
  Mother Father Daughter Brother Stranger Teacher Doctor Soldier Sailor King Queen Prince Wizard Dragon
  London Paris Rome Shanghai Shenzhen Hong Kong Tokyo America Africa Europe Asia Pacific Silk Stone Glass
`)

export const englishFrames = [
  'The {} of {}',
  '{} and {}',
  'A Short History of {}',
  'Introduction to {}',
  'The {} {}',
  'Principles of {}',
  'The Last {}',
  '{} in the Age of {}',
  'How {} Works',
  'The Secret {}',
  '{} Without {}',
  'Understanding {}',
  'The Book of {} and {}',
  '{}: A Brief Guide',
] as const

export const chinesePublishers = words(`
  人民文学出版社 中信出版社 商务印书馆 中华书局 人民邮电出版社 机械工业出版社 清华大学出版社
  北京大学出版社 上海译文出版社 译林出版社 作家出版社 上海人民出版社 电子工业出版社 南海出版公司
  浙江人民出版社 湖南文艺出版社 广西师范大学出版社 科学出版社 高等教育出版社 人民卫生出版社
  中国青年出版社 接力出版社 明天出版社 海天出版社 花城出版社 广东人民出版社 四川文艺出版社
`)

export const englishPublishers = [
  'Penguin Books',
  'HarperCollins',
  'Oxford University Press',
  'Cambridge University Press',
  'Random House',
  'Simon & Schuster',
  'Macmillan',
  'Routledge',
  'Springer',
  'Wiley',
] as const

export const englishSurnames = words(`
  Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Lee Harris
  Clark Lewis Walker Hall Young King Wright Hill Scott Green Baker Adams Nelson Carter Mitchell Roberts
  Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Murphy Cook Rogers Morgan Cooper
`)

export const englishGivenNames = words(`
  James Mary John Patricia Robert Jennifer Michael Linda David Elizabeth William Barbara Richard Susan
  Joseph Jessica Thomas Sarah Charles Karen Daniel Nancy Matthew Lisa Anthony Betty Mark Helen Donald
  Sandra Steven Donna Paul Carol Andrew Ruth Joshua Sharon Kenneth Michelle Kevin Laura Brian Emily
`)

export const classes = words(`
  I247.57 I712.45 K209 F270 TP311.1 G78 J205 B848 I287.45 I287.8 TS972.1 R212 H319.4 D920.5 F830.59 Q95
  K928.9 TP181 I561.45 I565.45 I313.45 I267 I227 B222 K825.6 K837 O1 O4 P159 N49 TU986 J609 G634 TP393 X3
  U491 S6 TN929 V52 E29 C912 A84 Z228 TB472 TG1 TH12 TM7 TQ0
`)
