/** 130$a of microforms, 135$a of electronic resources, 191$a of rubbings. */
import { readCodes } from './code-choices.ts'
import { one, text } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

export const codedMicroform: CodedString = {
  tag: '130',
  code: 'a',
  zh: '缩微制品形态编码',
  en: 'Microforms: physical form',
  length: 11,
  places: [
    one(
      0,
      ['类型', 'Type'],
      readCodes(`
d 卷片 / Reel
a 开窗卡 / Aperture card
b 单轴盒片 / Cartridge
c 双轴盒片 / Cassette
e 平片 / Fiche
f 盒装平片 / Fiche cassette
g 卡片 / Micro-opaque
h 条片 / Strip
z 其他 / Other`),
      'd',
    ),
    one(
      1,
      ['极性', 'Polarity'],
      readCodes(`
a 正片 / Positive
b 负片 / Negative
c 不明 / Unknown
d 混合 / Mixed`),
      'b',
    ),
    one(
      2,
      ['尺寸', 'Size'],
      readCodes(`
f 35毫米 / 35 mm
a 8毫米 / 8 mm
d 16毫米 / 16 mm
g 70毫米 / 70 mm
h 105毫米 / 105 mm
l 8乘13厘米 / 8 by 13 cm
m 11乘15厘米 / 11 by 15 cm
o 16乘23厘米 / 16 by 23 cm
p 9乘19厘米 / 9 by 19 cm
u 不明 / Unknown
z 其他 / Other`),
      'f',
    ),
    one(
      3,
      ['缩率等级', 'Reduction range'],
      readCodes(`
b 16至30倍 / 16 to 30
a 不到16倍 / Below 16
c 31至60倍 / 31 to 60
d 61至90倍 / 61 to 90
e 91倍以上 / Above 90
u 不明 / Unknown
v 多种 / Several`),
      'b',
    ),
    text(4, ['缩率，三位', 'Reduction ratio, three digits'], '   '),
    one(
      7,
      ['颜色', 'Colour'],
      readCodes(`
a 单色 / One colour
b 彩色 / Colour
c 不明 / Unknown
v 多种 / Several`),
      'a',
    ),
    one(
      8,
      ['感光材料', 'Emulsion'],
      readCodes(`
a 银盐 / Silver halide
b 重氮 / Diazo
c 微泡 / Vesicular
u 不明 / Unknown
v 混合 / Mixed
x 不适用 / Does not apply
z 其他 / Other`),
      'a',
    ),
    one(
      9,
      ['代', 'Generation'],
      readCodes(`
c 发行片 / Service copy
a 母片 / Master
b 中间片 / Printing master
u 不明 / Unknown
v 混合 / Mixed`),
      'c',
    ),
    one(
      10,
      ['片基', 'Base'],
      readCodes(`
a 安全片基 / Safety
b 非安全片基 / Not safety
u 不明 / Unknown
v 不适用 / Does not apply`),
      'a',
    ),
  ],
}

export const codedElectronic: CodedString = {
  tag: '135',
  code: 'a',
  zh: '电子资源编码',
  en: 'Electronic resources: coded information',
  length: 2,
  places: [
    one(
      0,
      ['资源类型', 'Type'],
      readCodes(`
d 文本 / Text
a 数值 / Numbers
b 程序 / Program
c 图像 / Images
v 多种 / Several
u 不明 / Unknown
z 其他 / Other`),
      'd',
    ),
    one(
      1,
      ['载体', 'Medium'],
      readCodes(`
r 网络 / Online
o 光盘 / Optical disc
j 软盘 / Floppy disc
m 磁光盘 / Magneto-optical disc
a 单轴磁带盒 / Tape cartridge
b 芯片盒 / Chip cartridge
f 盒式磁带 / Tape cassette
h 开盘磁带 / Tape reel
u 不明 / Unknown
z 其他 / Other`),
      'r',
    ),
  ],
}

const materials = readCodes(`
aa 龟甲 / Tortoise shell
ab 人骨 / Human bone
ac 兽骨 / Animal bone
ad 兽角 / Horn
ae 象牙 / Ivory
au 甲骨，不明 / Bone, unknown
az 甲骨，其他 / Bone, other
ba 彝器 / Ritual bronze
bb 食器 / Food vessel
bc 酒器 / Wine vessel
bd 日用铜器 / Everyday bronze
be 农具 / Farm tool
bf 度量衡 / Weight or measure
bg 钱币 / Coin
bh 印章 / Seal
bi 兵器 / Weapon
bj 铜钱范 / Bronze coin mould
bk 铜造像 / Bronze statue
bm 杂器 / Other bronze ware
bu 铜器，不明 / Bronze, unknown
bz 铜器，其他 / Bronze, other
ca 玉礼器 / Ritual jade
cb 玉用器 / Jade in use
cc 玉饰 / Jade ornament
cd 玉像 / Jade statue
ce 玉玩 / Jade curio
cu 玉器，不明 / Jade, unknown
cz 玉器，其他 / Jade, other
da 石经 / Stone classics
db 传记碑 / Biography on stone
dc 墓志 / Epitaph
dd 颂诅 / Praise or curse
de 地理石刻 / Geography on stone
df 祠庙石刻 / Temple stone
dg 习俗石刻 / Customs on stone
dh 石造像 / Stone statue
di 石刻画 / Picture on stone
dj 杂石刻 / Other carving
du 石刻，不明 / Stone, unknown
dz 石刻，其他 / Stone, other
ea 陶器 / Pottery
eb 砖 / Brick
ec 瓦 / Tile
ed 瓷器 / Porcelain
ee 玻璃 / Glass
ef 明器 / Burial object
eg 封泥 / Sealing clay
eh 陶钱范 / Clay coin mould
ei 塑像 / Clay statue
ej 浮雕 / Relief
eu 陶土，不明 / Clay, unknown
ez 陶土，其他 / Clay, other
fa 竹器 / Bamboo ware
fb 木器 / Wooden ware
fc 版片 / Printing block
fd 版画 / Woodcut
fe 木雕像 / Wooden statue
ff 木碑 / Wooden tablet
fu 竹木，不明 / Wood, unknown
fz 竹木，其他 / Wood, other
uu 未说明 / Not stated`)

export const codedRubbing: CodedString = {
  tag: '191',
  code: 'a',
  zh: '拓片编码',
  en: 'Rubbings: coded information',
  length: 7,
  places: [
    one(
      0,
      ['形式', 'Form'],
      readCodes(`
a 单幅 / Sheet
b 册页 / Album
c 卷轴 / Scroll
z 其他 / Other`),
      'a',
    ),
    one(
      1,
      ['制法', 'Method'],
      readCodes(`
a 石拓 / Rubbed from stone
b 影印 / Photographic
c 其他 / Other`),
      'a',
    ),
    one(2, ['原物', 'Original object'], materials, 'uu'),
    one(
      4,
      ['书体', 'Script'],
      readCodes(`
c 楷书 / Regular
a 篆书 / Seal
b 隶书 / Clerical
d 草书 / Cursive
e 行书 / Running
u 不明 / Unknown
z 其他 / Other`),
      'c',
    ),
    one(
      5,
      ['文字排列', 'Arrangement'],
      readCodes(`
a 阳文 / In relief
b 反文 / Mirrored
c 回文 / Palindrome
d 倒文 / Upside down
e 左行 / From left
f 环列 / Round
g 棋子方格 / In squares
u 不明 / Unknown
z 其他 / Other`),
      'u',
    ),
    one(
      6,
      ['墨色', 'Ink'],
      readCodes(`
a 墨拓 / Black
b 朱拓 / Vermilion
c 蓝拓 / Blue
d 彩拓 / Coloured
u 不明 / Unknown
z 其他 / Other`),
      'a',
    ),
  ],
}
