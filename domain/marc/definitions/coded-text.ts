/** 105$a of books and 110$a of serials (reference/domain-cn.md 1.4). */
import { readCodes } from './code-choices.ts'
import { many, one } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

const noOrYes = readCodes(`
0 否 / No
1 是 / Yes`)

const illustrations = readCodes(`
y 没有图 / None
a 插图 / Figures
b 地图 / Maps
c 肖像 / Portraits
d 航图 / Charts
e 设计图 / Plans
f 图版 / Plates
g 乐谱 / Music
h 摹本 / Facsimiles
i 徽章 / Coats of arms
j 谱系表 / Genealogical tables
k 表格 / Forms
l 样品 / Samples
m 录音 / Sound recordings
n 透明图 / Transparencies
o 彩饰 / Illuminations`)

const contents = readCodes(`
a 书目 / Bibliography
b 目录 / Catalogue
c 索引 / Index
d 文摘 / Abstracts
e 词典 / Dictionary
f 百科全书 / Encyclopaedia
g 名录、指南 / Directory
h 项目说明 / Project description
i 统计资料 / Statistics
j 教材 / Textbook
k 专利 / Patent
l 标准 / Standard
m 学位论文 / Thesis
n 法律法规 / Laws
o 数值表 / Numerical tables
p 技术报告 / Technical report
q 试题 / Examination papers
r 述评 / Literature survey
s 条约 / Treaties
t 漫画、连环画 / Comics
z 其他 / Other`)

const genres = readCodes(`
y 不是文学作品 / Not literary
a 小说 / Fiction
b 戏剧 / Drama
c 散文 / Essays
d 幽默讽刺 / Humour
e 书信 / Letters
f 短篇故事 / Short stories
g 诗词 / Poetry
h 演说 / Speeches
z 多种或其他体裁 / Several or other forms`)

const biographies = readCodes(`
y 不是传记 / Not a biography
a 自传 / Autobiography
b 一人的传记 / One person
c 多人的传记 / Several persons
d 含传记资料 / Contains biography`)

export const codedBook: CodedString = {
  tag: '105',
  code: 'a',
  zh: '图书编码',
  en: 'Books: coded information',
  length: 13,
  places: [
    many(0, 4, 1, ['图', 'Illustrations'], illustrations, 'y'),
    many(4, 4, 1, ['内容类型', 'Form of contents'], contents, 'z'),
    one(8, ['会议录', 'Conference'], noOrYes, '0'),
    one(9, ['纪念文集', 'Festschrift'], noOrYes, '0'),
    one(10, ['有索引', 'Index'], noOrYes, '0'),
    one(11, ['文学体裁', 'Literary form'], genres, 'y'),
    one(12, ['传记', 'Biography'], biographies, 'y'),
  ],
}

const frequencies = readCodes(`
a 日刊 / Daily
b 半周刊 / Twice a week
c 周刊 / Weekly
d 双周刊 / Every two weeks
e 半月刊 / Twice a month
f 月刊 / Monthly
g 双月刊 / Every two months
h 季刊 / Quarterly
i 一年三期 / Three times a year
j 半年刊 / Twice a year
k 年刊 / Yearly
l 两年一期 / Every two years
m 三年一期 / Every three years
n 一周三期 / Three times a week
o 旬刊 / Every ten days
y 不定期 / Irregular
u 不明 / Unknown
z 其他 / Other`)

const serialContents = readCodes(`
a 书目 / Bibliography
b 目录 / Catalogue
c 索引 / Index
d 文摘 / Abstracts
e 词典 / Dictionary
f 百科 / Encyclopaedia
g 名录 / Directory
h 年鉴 / Yearbook
i 统计 / Statistics
j 教材 / Textbook
k 书评影评 / Reviews
l 法律条文 / Laws
m 法律汇编 / Law reports
n 法学论文 / Articles on law
o 案例 / Cases
p 传记 / Biography
r 述评 / Surveys
t 漫画、连环画 / Comics
z 其他 / Other
# 不用 / Not used`)

const titlePages = readCodes(`
x 不适用 / Does not apply
a 卷末一期，活页 / Last issue, loose
b 卷末一期，装订 / Last issue, bound in
c 下卷首期，活页 / Next volume, loose
d 下卷首期，装订 / Next volume, bound in
e 单行，免费函索 / Separate, free on request
f 单行，免费寄送 / Separate, free, sent
g 单行，购买 / Separate, bought
u 不明 / Unknown
y 没有 / None
z 其他 / Other`)

const indexes = readCodes(`
x 不适用 / Does not apply
a 每期附活页 / Each issue, loose
b 卷末一期，活页另计页 / Last issue, loose, own pages
c 卷末一期，活页不计页 / Last issue, loose, no pages
d 卷末一期，装订 / Last issue, bound in
e 下卷首期，活页另计页 / Next volume, loose, own pages
f 下卷首期，活页不计页 / Next volume, loose, no pages
g 下卷首期，装订 / Next volume, bound in
h 单行，免费寄送 / Separate, free, sent
i 单行，免费函索 / Separate, free on request
j 合订本，免费寄送 / Bound, free, sent
k 合订本，免费函索 / Bound, free on request
l 合订本，购买 / Bound, bought
m 补编，见正刊索引 / Supplement: see its parent
u 不明 / Unknown
y 没有 / None
z 其他 / Other`)

export const codedSerial: CodedString = {
  tag: '110',
  code: 'a',
  zh: '连续出版物编码',
  en: 'Serials: coded information',
  length: 11,
  places: [
    one(
      0,
      ['类型', 'Type'],
      readCodes(`
a 期刊 / Periodical
b 专著丛编 / Monographic series
c 报纸 / Newspaper
z 其他 / Other`),
      'a',
    ),
    one(1, ['出版频率', 'Frequency'], frequencies, 'f'),
    one(
      2,
      ['规律', 'Regularity'],
      readCodes(`
a 有规律 / Regular
b 有例外的规律 / Regular with exceptions
y 无规律 / Irregular
u 不明 / Unknown`),
      'a',
    ),
    one(3, ['内容类型', 'Form of contents'], serialContents, 'z'),
    many(4, 3, 1, ['所附内容', 'Contents that go with it'], serialContents, ''),
    one(7, ['会议录', 'Conference'], noOrYes, '0'),
    one(8, ['题名页', 'Title page'], titlePages, 'x'),
    one(9, ['索引', 'Index'], indexes, 'x'),
    one(10, ['累积索引', 'Cumulative index'], noOrYes, '0'),
  ],
}
