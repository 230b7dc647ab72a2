/** 125$a of music, 126$a and $b of sound recordings. */
import { readCodes } from './code-choices.ts'
import { many, one } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

const rest = `
u 不明 / Unknown
x 不适用 / Does not apply
z 其他 / Other`

export const codedMusic: CodedString = {
  tag: '125',
  code: 'a',
  zh: '乐谱编码',
  en: 'Printed music: coded information',
  length: 2,
  places: [
    one(
      0,
      ['乐谱类型', 'Kind of score'],
      readCodes(`
a 总谱 / Full score
b 袖珍总谱 / Miniature score
c 声乐谱附键盘 / Vocal score with keyboard
d 无伴奏声乐谱 / Voice score
e 缩编谱 / Condensed score
g 密集谱 / Close score
m 多种 / Several kinds${rest}`),
      'a',
    ),
    one(
      1,
      ['分谱', 'Parts'],
      readCodes(`
y 没有分谱 / None
a 有分谱 / With parts
u 不明 / Unknown
x 不适用 / Does not apply`),
      'y',
    ),
  ],
}

const speeds = readCodes(`
g 每秒1.4米（激光唱片） / 1.4 m/s (compact disc)
b 每分33转 / 33 rpm
c 每分45转 / 45 rpm
d 每分78转 / 78 rpm
a 每分16转 / 16 rpm
e 每分8转 / 8 rpm
h 每分120转 / 120 rpm
i 每分160转 / 160 rpm
k 每秒1.875英寸 / 1.875 in/s
l 每秒0.9375英寸 / 0.9375 in/s
m 每秒3.75英寸 / 3.75 in/s
n 每秒7.5英寸 / 7.5 in/s
o 每秒15英寸 / 15 in/s
p 每秒30英寸 / 30 in/s
q 每秒0.8英寸 / 0.8 in/s
r 每秒0.4英寸 / 0.4 in/s${rest}`)

const sizes = readCodes(`
h 4.75英寸（激光唱片） / 4.75 in (compact disc)
a 3英寸 / 3 in
b 5英寸 / 5 in
c 7英寸 / 7 in
d 10英寸 / 10 in
e 12英寸 / 12 in
f 16英寸 / 16 in
g 14英寸 / 14 in
j 3.875乘2.5英寸（盒带） / 3.875 by 2.5 in (cassette)
o 5.25乘3.875英寸（循环带） / 5.25 by 3.875 in (cartridge)
s 2.25乘4英寸（蜡筒） / 2.25 by 4 in (cylinder)${rest}`)

const texts = readCodes(`
a 唱片目录 / Discography
b 书目 / Bibliography
c 主题索引 / Thematic index
d 歌词、剧本 / Libretto
e 作曲者介绍 / On the composer
f 演奏者介绍 / On the performers
g 乐器资料 / On the instruments
h 音乐技术资料 / On the technique
i 音乐史料 / On the history of the music
j 其他史料 / Other history
k 民族音乐资料 / Ethnological
l 改编者资料 / On the arranger
r 指导者资料 / On the teacher
s 乐谱 / Music
z 其他 / Other`)

export const codedSound: CodedString = {
  tag: '126',
  code: 'a',
  zh: '录音制品形态编码',
  en: 'Sound recordings: physical form',
  length: 15,
  places: [
    one(
      0,
      ['形式', 'Form'],
      readCodes(`
a 唱片 / Disc
b 开盘带 / Tape reel
c 盒式带 / Tape cassette
d 循环带 / Tape cartridge
e 钢丝录音 / Wire
f 蜡筒 / Cylinder
g 纸卷 / Roll
h 录音胶片 / Sound track film
u 不明 / Unknown
z 其他 / Other`),
      'a',
    ),
    one(1, ['速度', 'Speed'], speeds, 'g'),
    one(
      2,
      ['声道', 'Channels'],
      readCodes(`
b 立体声 / Stereo
a 单声道 / Mono
c 四声道 / Quadraphonic
u 不明 / Unknown
z 其他 / Other`),
      'b',
    ),
    one(
      3,
      ['纹宽', 'Groove'],
      readCodes(`
a 粗纹 / Coarse
b 密纹 / Fine${rest}`),
      'x',
    ),
    one(4, ['尺寸', 'Size'], sizes, 'h'),
    one(
      5,
      ['带宽', 'Tape width'],
      readCodes(`
a 0.25英寸 / 0.25 in
b 0.5英寸 / 0.5 in
c 1英寸 / 1 in
d 0.125英寸 / 0.125 in
e 2英寸 / 2 in
f 8毫米 / 8 mm${rest}`),
      'x',
    ),
    one(
      6,
      ['音轨', 'Tracks'],
      readCodes(`
a 一轨 / 1 track
b 二轨 / 2 tracks
c 四轨 / 4 tracks
d 八轨 / 8 tracks
e 十二轨 / 12 tracks
f 十六轨 / 16 tracks
g 二十四轨 / 24 tracks
h 六轨 / 6 tracks${rest}`),
      'x',
    ),
    many(7, 6, 1, ['附带文字', 'Text that goes with it'], texts, ''),
    one(
      13,
      ['录音方法', 'Recording'],
      readCodes(`
c 数字 / Digital
a 声学 / Acoustic
b 电子 / Electrical
u 不明 / Unknown
z 其他 / Other`),
      'c',
    ),
    one(
      14,
      ['重放特性', 'Reproduction'],
      readCodes(`
d 数字（激光唱片） / Digital (compact disc)
a 美国广播标准 / NAB standard
b 国际无线电标准 / CCIR standard
c 扩展降噪 / DBX
e 杜比甲 / Dolby A
f 杜比乙 / Dolby B
g 杜比丙 / Dolby C
h 唱片降噪 / CX${rest}`),
      'd',
    ),
  ],
}

export const codedSoundDetails: CodedString = {
  tag: '126',
  code: 'b',
  zh: '录音制品细节编码',
  en: 'Sound recordings: details',
  length: 3,
  places: [
    one(
      0,
      ['制品类型', 'Kind of disc or tape'],
      readCodes(`
b 批量产品 / Mass-produced
a 现场录制 / Instantaneous
c 原版母带 / Original master
d 复制母带 / Duplicate master
e 唱片母版 / Father
f 唱片子版 / Mother
g 压模 / Stamper
h 试压片 / Test pressing${rest}`),
      'b',
    ),
    one(
      1,
      ['材料', 'Material'],
      readCodes(`
e 金属与塑料（激光唱片） / Metal and plastic (compact disc)
a 涂漆 / Lacquer
b 金属 / Metal
c 虫胶 / Shellac
d 塑料 / Plastic
g 蜡筒 / Wax cylinder
h 塑料筒 / Plastic cylinder
i 纸 / Paper
j 醋酸 / Acetate
k 聚氯乙烯 / PVC
l 聚酯 / Polyester${rest}`),
      'e',
    ),
    one(
      2,
      ['刻纹方向', 'Cutting'],
      readCodes(`
a 横向 / Lateral
b 纵向 / Vertical
u 不明 / Unknown
x 不适用 / Does not apply`),
      'x',
    ),
  ],
}
