/** 5XX: other titles by which people may ask. */
import { readFieldTable } from './field-definition.ts'

export const titleFields = readFieldTable(`
500 - R 统一题名 / Uniform title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
i2 0 不是主要款目 / Not the main heading
i2 1 是主要款目 / The main heading
a N 统一题名 / Uniform title
9 N 拼音 / Pinyin
b R 资料类型 / Kind of material @carriers
h R 分册号 / Number of a part
i R 分册名 / Name of a part
j N 形式细分 / Form subdivision
k N 出版年 / Date of publication
l N 形式副标目 / Form subheading
m N 作品语种 / Language
n R 其他说明 / Other information
q N 版本 / Version
r R 演奏媒介 / Medium of performance
s R 作品编号 / Number of the work
u N 调 / Key
v R 卷册号 / Volume
w N 改编说明 / Arrangement
x R 主题细分 / Topical subdivision
y R 地名细分 / Place subdivision
z R 年代细分 / Period subdivision
2 N 主题词表 / Source of the subject
3 N 规范记录号 / Authority number
501 - R 作品集的统一题名 / Collective uniform title
a N 统一题名 / Uniform title
9 N 拼音 / Pinyin
b R 资料类型 / Kind of material @carriers
e N 副题名 / Subtitle
j N 形式细分 / Form subdivision
k N 出版年 / Date of publication
m N 作品语种 / Language
r R 演奏媒介 / Medium of performance
s R 作品编号 / Number of the work
u N 调 / Key
w N 改编说明 / Arrangement
x R 主题细分 / Topical subdivision
y R 地名细分 / Place subdivision
z R 年代细分 / Period subdivision
2 N 主题词表 / Source of the subject
3 N 规范记录号 / Authority number
503 - R 惯用的统一标目 / Conventional heading
a N 形式主标目 / Form heading
9 N 拼音 / Pinyin
b N 形式副标目 / Form subheading
d N 月日 / Month and day
e N 姓 / Family name
f N 名 / Given name
h N 姓名附加 / Addition to the name
i N 分册名 / Name of a part
j N 年 / Year
k N 阿拉伯数字 / Number, Arabic
l N 罗马数字 / Number, Roman
m N 地点 / Place
n N 机构 / Institution
510 - R 并列正题名 / Parallel title proper
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 并列题名 / Parallel title
e R 说明文字 / Other title information
h R 分册号 / Number of a part
i R 分册名 / Name of a part
j N 所在的卷期 / Volume or date
n N 其他说明 / Other information
z N 语种 / Language @languages
512 - R 封面题名 / Cover title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 封面题名 / Cover title
e R 说明文字 / Other title information
9 N 拼音 / Pinyin
513 - R 附加题名页题名 / Added title page title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 题名 / The title
e R 说明文字 / Other title information
h R 分册号 / Number of a part
i R 分册名 / Name of a part
9 N 拼音 / Pinyin
514 - R 卷端题名 / Caption title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 卷端题名 / Caption title
e R 说明文字 / Other title information
9 N 拼音 / Pinyin
515 - R 书眉题名 / Running title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 书眉题名 / Running title
9 N 拼音 / Pinyin
516 - R 书脊题名 / Spine title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 书脊题名 / Spine title
e R 说明文字 / Other title information
9 N 拼音 / Pinyin
517 - R 其他题名 / Other title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 题名 / The title
e R 说明文字 / Other title information
9 N 拼音 / Pinyin
518 - R 现代读法的题名 / Title in modern spelling
a N 题名 / The title
520 - R 原题名（报刊） / Former title (serials)
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 原题名 / Former title
e R 说明文字 / Other title information
h R 分册号 / Number of a part
i R 分册名 / Name of a part
j N 所用的卷期 / Volumes or dates
n N 其他说明 / Other information
x N 原题名的国际标准号 / ISSN of the former title
9 N 拼音 / Pinyin
530 - R 识别题名（报刊） / Key title (serials)
i1 0 与正题名相同 / Same as the title proper
i1 1 与正题名不同 / Differs from the title proper
a N 识别题名 / Key title
b N 限定 / Qualification
j N 所用的卷期 / Volumes or dates
v N 卷册号 / Volume
9 N 拼音 / Pinyin
531 - R 缩写题名（报刊） / Abbreviated title (serials)
a N 缩写题名 / Abbreviated title
b N 限定 / Qualification
v N 卷册号 / Volume
532 - R 展开题名 / Expanded title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
i2 0 缩写 / Of an initialism
i2 1 数字 / Of a number
i2 2 缩略词 / Of an abbreviation
i2 3 其他符号 / Of another sign
a N 展开题名 / Expanded title
z N 语种 / Language @languages
540 - R 编目员补充的题名 / Title supplied by the cataloguer
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 题名 / The title
9 N 拼音 / Pinyin
541 - R 编目员翻译的题名 / Title translated by the cataloguer
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 译名 / Translated title
e R 说明文字 / Other title information
h R 分册号 / Number of a part
i R 分册名 / Name of a part
z N 语种 / Language @languages
9 N 拼音 / Pinyin
545 - R 章节题名 / Section title
i1 0 不作检索点 / No access point
i1 1 作检索点 / An access point
a N 题名 / The title
`)
