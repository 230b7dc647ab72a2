/** 140$a of old Chinese books and 141$a of one copy (reference/domain-cn.md 1.5). */
import { readCodes } from './code-choices.ts'
import { many, one, text } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

const illustrations = `
y 没有图 / None
a 插图 / Illustrations
g 卷首图 / Frontispiece
h 肖像 / Portraits
i 风景名胜图 / Views
j 地图 / Maps
k 航图 / Charts
l 设计图 / Plans
m 乐谱 / Music
n 徽章 / Coats of arms
o 谱系表 / Genealogical tables
z 其他 / Other`

const inText = readCodes(`${illustrations}
b 彩饰 / Illuminations
c 花体字母 / Historiated letters
e 套红 / Printed in red
f 章首章尾的花饰 / Head and tail pieces`)

const contents = readCodes(`
ga 历史 / History
aa 宗教 / Religion
ab 教义问答 / Catechism
ac 祈祷文 / Prayers
ad 布道 / Sermons
ae 礼仪书 / Liturgy
ba 科学 / Science
bb 论文 / Thesis
ca 礼俗 / Manners
da 法律 / Law
db 政治 / Politics
ea 短时效资料 / Ephemera
fa 参考书 / Reference
fb 藏书目录 / Library catalogue
fc 书目 / Bibliography
fd 历书 / Almanac
fe 索引 / Index
ff 字书 / Dictionary
fg 类书 / Encyclopaedia
ha 论辩 / Polemics
ia 杂著 / Various matter
ja 纪念 / Commemorative
ka 教学 / Teaching
kb 手册 / Handbook
kc 课本 / Textbook
la 档案 / Records
ma 消遣 / Entertainment
na 改编 / Adaptation
zz 其他 / Other`)

const genres = readCodes(`
yy 不是文学作品 / Not literary
aa 诗词 / Poetry
ab 传奇 / Romance
ca 戏曲 / Drama
da 唱词剧本 / Libretto
ea 小说 / Fiction
eb 长篇小说 / Novel
ec 中篇小说 / Novella
ed 寓言 / Fable
ef 童话 / Fairy tale
eg 讽喻 / Allegory
eh 传说 / Legend
ei 劝善故事 / Moral tale
ej 短篇小说 / Short story
fa 散文 / Prose
ga 幽默讽刺 / Humour
ha 书信 / Letters
ia 杂集 / Miscellany
ja 谚语轶闻 / Proverbs and anecdotes
ka 儿童文学 / Children's literature
la 其他体裁 / Other form
lb 大事记 / Chronicle
lc 回忆录 / Memoirs
ld 日记 / Diary
le 传记 / Biography
lf 圣徒传 / Lives of saints
lg 游记 / Travel
lh 艳情 / Erotica
li 神秘 / Mysticism
ma 演讲 / Speech
zz 多种或其他 / Several or other`)

const papers = `
a 纸 / Paper
b 手工纸 / Hand-made paper
c 宣纸、皮纸 / Rice paper
d 机制纸 / Wood pulp paper
y 皮革 / Vellum`

const noOrYes = readCodes(`
0 没有 / No
1 有 / Yes`)

export const codedOldBook: CodedString = {
  tag: '140',
  code: 'a',
  zh: '古籍通用编码',
  en: 'Old books: general coded information',
  length: 28,
  places: [
    many(0, 4, 1, ['书内的图', 'Illustrations in the text'], inText, 'y'),
    many(4, 4, 1, ['整页的图', 'Full-page plates'], readCodes(illustrations), 'y'),
    one(
      8,
      ['图的制法', 'Technique'],
      readCodes(`
a 木刻 / Woodcut
b 石印 / Lithograph
c 蚀刻 / Etching
d 凹版 / Aquatint
e 雕版 / Engraving
u 不明 / Unknown
v 混合 / Mixed
z 其他 / Other
# 不用 / Not used`),
      'a',
    ),
    many(9, 8, 2, ['内容类型', 'Form of contents'], contents, 'zz'),
    one(17, ['文学体裁', 'Literary form'], genres, 'yy'),
    one(
      19,
      ['传记', 'Biography'],
      readCodes(`
y 不是传记 / Not a biography
a 自传 / Autobiography
b 一人的传记 / One person
c 多人的传记 / Several persons
d 含传记资料 / Contains biography
z 其他 / Other`),
      'y',
    ),
    one(20, ['书用的纸', 'Paper of the book'], readCodes(`${papers}\nz 其他 / Other`), 'b'),
    one(21, ['图用的纸', 'Paper of the plates'], readCodes(`${papers}\nz 不用 / Not used`), 'z'),
    one(22, ['水印', 'Watermark'], noOrYes, '0'),
    one(23, ['刻印者标记', "Printer's mark"], noOrYes, '0'),
    one(24, ['出版者标记', "Publisher's mark"], noOrYes, '0'),
    one(25, ['装饰标记', 'Ornamental mark'], noOrYes, '0'),
    text(26, ['不用', 'Not used'], '  '),
  ],
}

export const codedOldCopy: CodedString = {
  tag: '141',
  code: 'a',
  zh: '古籍藏本编码',
  en: 'Old books: coded information of the copy',
  length: 8,
  places: [
    many(
      0,
      3,
      1,
      ['装帧材料', 'Binding material'],
      readCodes(`
g 纸 / Paper
d 布 / Cloth
a 羊皮 / Vellum
b 皮革 / Leather
c 木 / Wood
e 合成材料 / Synthetic
f 纸板 / Board
h 没有装订 / Not bound
z 其他 / Other`),
      'g',
    ),
    one(
      3,
      ['装帧类型', 'Kind of binding'],
      readCodes(`
a 原装 / First binding
b 改装 / Rebound
c 新装 / Modern
d 修复，摹真 / Restored, facsimile
e 修复，仿装 / Restored, in style
f 合订 / Composite volume
h 没有装订 / Not bound
z 其他 / Other`),
      'a',
    ),
    one(4, ['与他书合订', 'Bound with others'], noOrYes, '0'),
    one(
      5,
      ['装帧的状况', 'State of the binding'],
      readCodes(`
a 很好 / Very good
b 好 / Good
c 磨损 / Worn
d 损坏 / Damaged
e 散开 / Loose
f 缺失 / Missing
z 其他 / Other`),
      'b',
    ),
    many(
      6,
      2,
      1,
      ['书叶的状况', 'State of the leaves'],
      readCodes(`
a 很好 / Very good
b 好 / Good
c 磨损 / Worn
d 残缺 / Imperfect
z 其他 / Other`),
      'b',
    ),
  ],
}
