/** 120$a of maps, 121$a of what they are drawn on, 121$b of remote sensing. */
import { readCodes } from './code-choices.ts'
import { many, one, text } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'
import { meridians, projections } from './map-codes.ts'

export const codedMap: CodedString = {
  tag: '120',
  code: 'a',
  zh: '地图通用编码',
  en: 'Maps: general coded information',
  length: 13,
  places: [
    one(
      0,
      ['颜色', 'Colour'],
      readCodes(`
b 多色 / Several colours
a 单色 / One colour`),
      'b',
    ),
    one(
      1,
      ['索引', 'Index'],
      readCodes(`
y 没有 / None
a 在图上 / On the map
b 在附件里 / In what goes with it
c 有，所在不明 / There, place unknown`),
      'y',
    ),
    one(
      2,
      ['说明文字', 'Narrative text'],
      readCodes(`
y 没有 / None
a 在图上 / On the map
b 在附件里 / In what goes with it`),
      'y',
    ),
    many(
      3,
      4,
      1,
      ['地貌表示法，至多四个', 'Relief, up to four'],
      readCodes(`
# 不适用 / Does not apply
a 等高线 / Contours
b 渐变设色 / Gradient tints
c 分层设色 / Layer tints
d 晕滃 / Hachures
e 水深注记 / Soundings
f 形线 / Form lines
g 高程点 / Spot heights
h 其他用色 / Other use of colour
i 图画 / Pictorial
j 地形图式 / Land forms
k 等深线 / Bathymetric lines
z 其他 / Other`),
      '',
    ),
    one(7, ['投影', 'Projection'], projections, 'uu'),
    many(9, 4, 2, ['本初子午线，至多两个', 'Prime meridian, up to two'], meridians, 'aa'),
  ],
}

export const codedMapForm: CodedString = {
  tag: '121',
  code: 'a',
  zh: '地图形态编码',
  en: 'Maps: physical form',
  length: 9,
  places: [
    one(
      0,
      ['维数', 'Dimensions'],
      readCodes(`
a 平面 / Flat
b 立体 / In relief`),
      'a',
    ),
    many(
      1,
      2,
      1,
      ['原始图像的来源，至多两个', 'How the image was taken, up to two'],
      readCodes(`
c 计算机绘制 / Computer
a 手绘 / By hand
b 摄影 / Photography
d 主动遥感 / Active remote sensing
e 被动遥感 / Passive remote sensing`),
      'c',
    ),
    one(
      3,
      ['载体', 'Medium'],
      readCodes(`
aa 纸 / Paper
ab 木 / Wood
ac 石 / Stone
ad 金属 / Metal
ae 合成材料 / Synthetics
af 皮 / Skin
ag 纺织品 / Textile
ah 计算机磁性载体 / Computer magnetic medium
ai 其他磁性载体 / Other magnetic medium
aj 描图纸 / Tracing paper
ak 纸板 / Board
ap 石膏 / Plaster
au 不明 / Unknown
az 其他非摄影载体 / Other, not photographic
ba 柔性片基正片 / Flexible base, positive
bb 柔性片基负片 / Flexible base, negative
bc 硬质片基正片 / Rigid base, positive
bd 硬质片基负片 / Rigid base, negative
bz 其他摄影载体 / Other photographic`),
      'aa',
    ),
    one(
      5,
      ['制图方法', 'Creation'],
      readCodes(`
b 印刷 / Printed
a 手工 / By hand
c 照相复制 / Photographic
d 缩微 / Microphotographic
u 不明 / Unknown
y 不适用 / Does not apply
z 其他 / Other`),
      'b',
    ),
    one(
      6,
      ['复制方法', 'Reproduction'],
      readCodes(`
e 不是复制品 / No reproduction
a 手工 / By hand
b 印刷 / Printed
c 照相 / Photographic
d 转印 / Transferred`),
      'e',
    ),
    one(
      7,
      ['大地平差', 'Geodetic adjustment'],
      readCodes(`
x 不适用 / Does not apply
a 没有 / None
b 有，没有坐标网格 / Adjusted, without a grid
c 有，有坐标网格 / Adjusted, with a grid`),
      'x',
    ),
    one(
      8,
      ['出版形式', 'Form of publication'],
      readCodes(`
a 单张 / Sheet
b 分部分出版 / In parts
c 图集 / Atlas
d 期刊或专著的附件 / Supplement
e 装订在期刊或专著里 / Bound in
z 其他 / Other`),
      'a',
    ),
  ],
}

export const codedRemoteSensing: CodedString = {
  tag: '121',
  code: 'b',
  zh: '航空与遥感编码',
  en: 'Remote sensing: coded information',
  length: 8,
  places: [
    one(
      0,
      ['高度', 'Altitude'],
      readCodes(`
c 太空 / Space
a 地面 / Ground
b 空中 / Air`),
      'c',
    ),
    one(
      1,
      ['角度', 'Attitude'],
      readCodes(`
c 垂直 / Vertical
a 低倾斜 / Low oblique
b 高倾斜 / High oblique`),
      'c',
    ),
    text(2, ['谱段数，两位', 'Spectral bands, two digits'], 'xx'),
    one(
      4,
      ['影像质量', 'Quality'],
      readCodes(`
c 良 / Good
a 差 / Poor
b 尚可 / Fair
d 优 / Excellent`),
      'c',
    ),
    one(
      5,
      ['云量，八分之几', 'Cloud cover in eighths'],
      readCodes(`
1 一 / One
2 二 / Two
3 三 / Three
4 四 / Four
5 五 / Five
6 六 / Six
7 七 / Seven
8 全部 / All`),
      '1',
    ),
    text(6, ['地面分辨率，数字与单位', 'Ground resolution, digit and unit'], 'xx'),
  ],
}
