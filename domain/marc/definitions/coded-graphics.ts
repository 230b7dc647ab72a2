/** 116$a of pictures, 117$a of objects. */
import { readCodes } from './code-choices.ts'
import { many, one } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

const SUPPORTS = `
a 画布 / Canvas
b 绘画纸板 / Illustration board
c 卡纸 / Card
d 玻璃 / Glass
e 合成材料 / Synthetics
f 皮革与羊皮纸 / Skin
g 纺织品 / Textile
h 金属 / Metal
i 纸 / Paper
j 石膏 / Plaster
k 硬质纤维板 / Hardboard
l 陶瓷 / Porcelain
m 石 / Stone
n 木 / Wood
u 不明 / Unknown
v 混合 / Mixed
z 其他 / Other`

export const codedGraphic: CodedString = {
  tag: '116',
  code: 'a',
  zh: '图画编码',
  en: 'Graphics: coded information',
  length: 18,
  places: [
    one(
      0,
      ['类型', 'Kind'],
      readCodes(`
h 图片 / Picture
a 拼贴画 / Collage
b 素描 / Drawing
c 绘画 / Painting
d 照相制版的复制品 / Photomechanical reproduction
e 负片 / Negative
f 照片 / Photoprint
i 版画 / Print
k 技术图 / Technical drawing
z 其他 / Other`),
      'h',
    ),
    one(1, ['主要材料', 'Primary support'], readCodes(SUPPORTS), 'i'),
    one(
      2,
      ['衬底材料', 'Secondary support'],
      readCodes(`${SUPPORTS}
y 没有 / None`),
      'y',
    ),
    one(
      3,
      ['颜色', 'Colour'],
      readCodes(`
c 彩色 / Several colours
a 单色 / One colour
b 黑白 / Black and white
d 手工着色 / Coloured by hand
u 不明 / Unknown
v 混合 / Mixed
z 其他 / Other`),
      'c',
    ),
    many(
      4,
      6,
      2,
      ['绘画技法，至多三个', 'Technique of drawing, up to three'],
      readCodes(`
xx 不适用 / Does not apply
aa 铅笔 / Pencil
ab 石墨 / Graphite
ac 彩色铅笔 / Coloured pencil
ad 墨 / Ink stick
ae 淡墨 / Wash
af 炭笔 / Charcoal
ag 粉笔 / Chalk
ah 黑粉笔 / Black chalk
ai 红粉笔 / Red chalk
aj 水彩 / Watercolour
ak 蛋彩 / Tempera
al 水粉 / Gouache
am 色粉笔 / Pastel
an 油画 / Oil
ba 毡尖笔 / Felt tip
bb 染料 / Dye
bc 蜡笔 / Crayon
bd 乌贼墨 / Sepia
be 墨水 / Ink
bf 酪素 / Casein
bg 金粉 / Gold
bh 蜡画 / Encaustic
bi 丙烯 / Acrylic
bj 拼贴 / Collage
bk 银尖笔 / Silver point
bl 喷笔 / Airbrush
uu 不明 / Unknown
vv 混合 / Mixed
zz 其他 / Other`),
      'xx',
    ),
    many(
      10,
      6,
      2,
      ['印制技法，至多三个', 'Technique of printing, up to three'],
      readCodes(`
xx 不适用 / Does not apply
ba 木刻 / Woodcut
bb 明暗木刻 / Chiaroscuro woodcut
bc 白线木刻 / White-line woodcut
bd 单色套版 / Camaieu
be 照相凹版 / Photogravure
bf 石版与锌版套色 / Chromolithograph
bg 麻胶版 / Linocut
bh 蚀刻 / Etching
bi 石版 / Lithograph
bj 照相平版 / Photolithograph
bk 锌版 / Zincograph
bl 旧式套色 / Oleograph
bm 飞尘腐蚀 / Aquatint
bn 糖水腐蚀 / Sugar-lift aquatint
ca 软蜡蚀刻 / Soft-ground etching
cb 雕版 / Engraving
cc 轮廓雕版 / Line engraving
cd 刻刀雕版 / Burin engraving
ce 铜版雕刻 / Copper engraving
cf 美柔汀 / Mezzotint
cg 独幅版画 / Monotype
ch 丝网 / Silk screen
ci 钢版雕刻 / Steel engraving
cj 计算机图形 / Computer graphics
ck 复印 / Photocopy
uu 不明 / Unknown
vv 混合 / Mixed
zz 其他 / Other`),
      'xx',
    ),
    one(
      16,
      ['用途', 'Function'],
      readCodes(`
xx 不适用 / Does not apply
aa 建筑图 / Architectural drawing
ab 封套 / Cover
ac 剪贴卡 / Scrap card
ad 招贴 / Poster
ae 明信片 / Postcard
af 贺卡 / Greeting card
ag 图表 / Chart
ah 游戏卡 / Playing card
ai 识字卡 / Flash card
aj 一次性印品 / Ephemera
uu 不明 / Unknown
vv 混合 / Mixed
zz 其他 / Other`),
      'xx',
    ),
  ],
}

export const codedObject: CodedString = {
  tag: '117',
  code: 'a',
  zh: '实物编码',
  en: 'Objects: coded information',
  length: 9,
  places: [
    one(
      0,
      ['类型', 'Kind'],
      readCodes(`
aq 玩具 / Toy
aa 教具 / Teaching aid
ab 成套实验与搭建用品 / Laboratory or construction kit
ac 标本 / Specimen
ad 动物 / Animal
ae 植物 / Plant
af 矿石 / Mineral
ag 显微镜片 / Microscope slide
ah 拼图 / Jigsaw
ai 工具与设备 / Tool or equipment
aj 武器 / Weapon
ak 容器 / Container
al 家具 / Furniture
am 运输工具 / Vehicle
an 纺织品 / Textile
ao 衣服 / Clothing
ap 文体用品 / Article of sport or play
ar 玩偶 / Doll
as 模型 / Model
at 模具 / Mould
ba 立体布景 / Diorama
bb 艺术复制品 / Art reproduction
bc 雕塑 / Sculpture
bd 设计物 / Design
be 工业产品 / Product
bf 机器 / Machine
bg 硬币 / Coin
bh 奖章 / Medal
bi 珠宝 / Jewellery
bj 人工制品 / Artefact
uu 不明 / Unknown
vv 混合 / Mixed
zz 其他 / Other`),
      'aq',
    ),
    many(
      2,
      6,
      2,
      ['材料，至多三个', 'Materials, up to three'],
      readCodes(`
ia 塑料 / Plastic
aa 赤陶 / Terracotta
ab 蜡 / Wax
ac 粘土 / Clay
ad 彩釉陶 / Faience
ae 瓷 / China
af 陶瓷 / Ceramic
ag 熟石膏 / Plaster
ah 玻璃 / Glass
ba 木 / Wood
ca 象牙 / Ivory
da 石 / Stone
db 宝石 / Gemstone
dc 大理石 / Marble
dd 玄武岩 / Basalt
de 蛇纹石 / Serpentine
df 斑岩 / Porphyry
ea 纸 / Paper
eb 卡纸 / Card
fa 贵金属 / Precious metal
fb 金属 / Metal
fc 青铜 / Bronze
fd 铜 / Copper
ga 合成纤维 / Synthetic fibre
ha 织物 / Textile
uu 不明 / Unknown
vv 混合 / Mixed
zz 其他 / Other`),
      'ia',
    ),
    one(
      8,
      ['颜色', 'Colour'],
      readCodes(`
c 彩色 / Several colours
a 单色 / One colour
b 黑白 / Black and white
d 手工着色 / Coloured by hand
u 不明 / Unknown
v 混合 / Mixed
x 不适用 / Does not apply
z 其他 / Other`),
      'c',
    ),
  ],
}
