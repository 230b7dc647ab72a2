/** 115$a and $b: films, slides and video. */
import { readCodes } from './code-choices.ts'
import { many, one, text } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

const rest = `
u 不明 / Unknown
x 不适用 / Does not apply
z 其他 / Other`

const sounds = readCodes(`
a 声道在载体上 / Sound on the medium
b 声道另在一处 / Sound apart
u 不明 / Unknown
y 无声 / Silent`)

const soundMedia = readCodes(`
h 录像带 / Video tape
i 激光视盘 / Video disc
a 光学声道 / Optical track
b 磁性声道 / Magnetic track
c 循环磁带盒 / Tape cartridge
d 唱片 / Disc
e 开盘磁带 / Tape reel
f 盒式磁带 / Tape cassette
g 光学与磁性声道 / Optical and magnetic track${rest}`)

const widths = readCodes(`
a 8毫米 / 8 mm
b 超8毫米 / Super 8
c 9.5毫米 / 9.5 mm
d 16毫米 / 16 mm
e 28毫米 / 28 mm
f 35毫米 / 35 mm
g 70毫米 / 70 mm
k 2.25英寸见方 / 2.25 in square
l 2英寸见方 / 2 in square
m 0.75英寸 / 0.75 in
n 0.25英寸 / 0.25 in
o 0.5英寸 / 0.5 in
p 1英寸 / 1 in
q 2英寸 / 2 in
r 8乘10英寸 / 8 by 10 in
s 4乘5英寸 / 4 by 5 in
t 5乘7英寸 / 5 by 7 in
u 7英寸见方 / 7 in square
v 8英寸见方 / 8 in square
w 9英寸见方 / 9 in square
x 10英寸见方 / 10 in square
z 其他 / Other`)

const filmForms = readCodes(`
a 片盘 / Film reel
b 循环片盒 / Film cartridge
c 片盒 / Film cassette
d 其他影片 / Other film
g 循环幻灯卷片 / Filmstrip cartridge
h 幻灯条片 / Filmslip
i 其他幻灯卷片 / Other filmstrip
j 幻灯卷片 / Filmstrip roll
k 幻灯片 / Slides
l 投影片 / Transparency${rest}`)

const videoForms = readCodes(`
b 视盘 / Video disc
c 盒式录像带 / Video cassette
a 循环录像带 / Video cartridge
d 开盘录像带 / Video reel
e 电子录像 / Electronic video recording
x 不适用 / Does not apply
z 其他 / Other`)

const videoSystems = readCodes(`
g 激光视盘 / Laser disc
b 家用大盒带 / VHS
a 家用小盒带 / Beta
c 专业四分之三带 / U-matic
d 半英寸开盘 / EIAJ
e 一英寸开盘 / Type C
f 四磁头开盘 / Quadruplex
h 电容视盘 / CED
i 飞利浦盒带 / V2000
j 八毫米盒带 / Video 8${rest}`)

export const codedFilm: CodedString = {
  tag: '115',
  code: 'a',
  zh: '影视资料编码',
  en: 'Moving and projected images: coded information',
  length: 20,
  places: [
    one(
      0,
      ['类型', 'Type'],
      readCodes(`
c 录像资料 / Video recording
a 电影片 / Motion picture
b 投影片 / Visual projection`),
      'c',
    ),
    text(1, ['时长，分钟', 'Length in minutes'], '   '),
    one(
      4,
      ['颜色', 'Colour'],
      readCodes(`
b 彩色 / Colour
a 黑白 / Black and white
c 黑白与彩色 / Both
u 不明 / Unknown
z 其他 / Other`),
      'b',
    ),
    one(5, ['声音', 'Sound'], sounds, 'a'),
    one(6, ['声音的载体', 'Medium of the sound'], soundMedia, 'i'),
    one(7, ['宽度或尺寸', 'Width or size'], widths, 'z'),
    one(8, ['影片的形式', 'Form of the film'], filmForms, 'x'),
    one(
      9,
      ['制作方法', 'Technique'],
      readCodes(`
b 实景 / Live action
a 动画 / Animation
c 动画与实景 / Both${rest}`),
      'b',
    ),
    one(
      10,
      ['画面规格', 'Presentation'],
      readCodes(`
a 标准有声画幅 / Standard sound
b 宽银幕 / Wide screen
c 立体 / 3D
d 变形宽银幕 / Anamorphic
e 标准无声画幅 / Standard silent
f 其他宽银幕 / Other wide screen${rest}`),
      'x',
    ),
    many(
      11,
      4,
      1,
      ['附带资料', 'What goes with it'],
      readCodes(`
a 剧照 / Stills
b 剧本 / Script
c 海报 / Posters
d 节目单 / Programmes
e 入场券 / Lobby cards
f 讲解资料 / Instructions
g 乐谱 / Music
h 布景服装 / Sets and costumes
z 其他 / Other`),
      '',
    ),
    one(15, ['录像的形式', 'Form of the video'], videoForms, 'b'),
    one(16, ['录像的规格', 'System of the video'], videoSystems, 'g'),
    one(
      17,
      ['投影片的片基', 'Emulsion base'],
      readCodes(`
a 安全片基 / Safety base
b 非安全片基 / Other than safety base
c 合成片基 / Synthetic base
v 混合 / Mixed${rest}`),
      'x',
    ),
    one(
      18,
      ['投影片的支撑', 'Secondary support'],
      readCodes(`
a 纸板 / Cardboard
b 玻璃 / Glass
c 合成材料 / Synthetic
d 金属 / Metal
e 金属与玻璃 / Metal and glass
f 合成材料与玻璃 / Synthetic and glass
y 没有 / None${rest}`),
      'x',
    ),
    one(
      19,
      ['电视制式', 'Broadcast standard'],
      readCodes(`
c 帕尔制，625线 / PAL, 625 lines
a 405线 / 405 lines
b 525线 / 525 lines (NTSC)
d 塞康制，625线 / SECAM, 625 lines
g 1125线 / 1125 lines${rest}`),
      'c',
    ),
  ],
}

export const codedFilmArchive: CodedString = {
  tag: '115',
  code: 'b',
  zh: '影片存档编码',
  en: 'Film archive: coded information',
  length: 13,
  places: [
    one(
      0,
      ['生成级别', 'Generation'],
      readCodes(`
a 原片 / Original
b 母片 / Master
c 复制片 / Duplicate
d 参考片 / Viewing copy${rest}`),
      'u',
    ),
    one(
      1,
      ['制作元素', 'Production element'],
      readCodes(`
a 工作样片 / Work print
b 剪余 / Trims
c 废片 / Out-takes
d 样片 / Rushes
e 混录声带 / Mixing tracks
f 字幕带 / Title bands
g 滚动字幕 / Title rolls
h 制作卷 / Production rolls${rest}`),
      'x',
    ),
    one(
      2,
      ['彩色的种类', 'Kind of colour'],
      readCodes(`
a 三层彩色 / Three-layer
b 双色，单条 / Two colour, single strip
c 不明双色 / Two colour, undetermined
d 不明三色 / Three colour, undetermined
e 三条彩色 / Three strip
f 两条彩色 / Two strip
g 红条 / Red strip
h 蓝绿条 / Blue or green strip
i 青条 / Cyan strip
j 品红条 / Magenta strip
k 黄条 / Yellow strip
l 双层 / S E N 2
m 三层 / S E N 3
n 深褐调 / Sepia
o 其他调色 / Other tone
p 染色 / Tint
q 染色与调色 / Tinted and toned
r 模板色 / Stencil colour
s 手工染色 / Hand coloured${rest}`),
      'x',
    ),
    one(
      3,
      ['极性', 'Polarity'],
      readCodes(`
a 正片 / Positive
b 负片 / Negative
c 反转片 / Reversal${rest}`),
      'a',
    ),
    one(
      4,
      ['片基', 'Base'],
      readCodes(`
a 三醋酸安全片基 / Safety, triacetate
b 硝酸片基 / Nitrate
c 二醋酸安全片基 / Safety, diacetate
d 聚酯片基 / Polyester
v 混合 / Mixed
u 不明 / Unknown
z 其他 / Other`),
      'u',
    ),
    one(
      5,
      ['音响', 'Kind of sound'],
      readCodes(`
a 单声道 / Mono
b 立体声 / Stereo
c 多声道、环绕 / Multi-channel
v 混合 / Mixed${rest}`),
      'u',
    ),
    one(
      6,
      ['印片工艺', 'Kind of stock'],
      readCodes(`
a 吸附转印 / Imbibition
b 三层片 / Three-layer stock
c 三层低褪色片 / Three-layer, low fade
d 复制转换片 / Duping stock${rest}`),
      'x',
    ),
    one(
      7,
      ['损坏', 'Deterioration'],
      readCodes(`
y 没有损坏 / None visible
b 硝酸，有异味 / Nitrate, odour
c 硝酸，刺鼻 / Nitrate, pungent
d 硝酸，变色褪色 / Nitrate, brown or faded
e 硝酸，发粘 / Nitrate, sticky
f 硝酸，起泡 / Nitrate, froth
g 硝酸，结块 / Nitrate, congealed
h 硝酸，成粉 / Nitrate, powder
k 其他，明显 / Other, detectable
l 其他，严重 / Other, advanced
m 其他，报废 / Other, disaster`),
      'y',
    ),
    one(
      8,
      ['是否完整', 'Completeness'],
      readCodes(`
b 完整 / Complete
a 不完整 / Incomplete
u 不明 / Unknown
x 不适用 / Does not apply`),
      'b',
    ),
    text(9, ['检查年月，四位', 'Date of inspection, four digits'], '    '),
  ],
}
