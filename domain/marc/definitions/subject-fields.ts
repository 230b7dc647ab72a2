/** 6XX: what a publication is about, and its classes. */
import { readFieldTable } from './field-definition.ts'

/** Behind any subject heading. */
const DIVISIONS = `x R 学科细分 / Topical subdivision
y R 地名细分 / Place subdivision
z R 年代细分 / Period subdivision
j R 形式细分 / Form subdivision
2 N 主题词表 / Source of the subject
3 N 规范记录号 / Authority number`

export const subjectFields = readFieldTable(`
600 - R 人物主题 / Person as subject
i2 0 直序 / In direct order
i2 1 姓在前 / Family name first
a N 姓名 / Name
b N 名的其余部分 / Rest of the name
c R 朝代、国别等附加 / Addition (dynasty, country)
d N 罗马数字 / Roman numerals
f N 生卒年 / Dates
g N 缩写的全称 / Initials in full
t N 题名 / Title
${DIVISIONS}
601 - R 团体主题 / Body as subject
i1 0 团体 / A body
i1 1 会议 / A meeting
i2 0 倒置 / Inverted
i2 1 以地区著录 / Under a place
i2 2 直序 / In direct order
a N 名称 / Name
b R 下属机构 / Subdivision of the body
c R 附加 / Addition
d N 会议届次 / Number of the meeting
e N 会议地点 / Place of the meeting
f N 会议日期 / Date of the meeting
g N 倒置部分 / Inverted element
h R 名称的其余部分 / Rest of the name
t N 题名 / Title
${DIVISIONS}
602 - R 家族主题 / Family as subject
a N 名称 / Name
f N 年代 / Dates
t N 题名 / Title
${DIVISIONS}
604 - R 著者与题名主题 / Author and title as subject
1 R 整个被连接的字段 / The linked field, whole
605 - R 题名主题 / Title as subject
a N 题名 / Title
h R 分册号 / Number of a part
i R 分册名 / Name of a part
k N 出版年 / Date of publication
l N 形式副标目 / Form subheading
m N 作品语种 / Language
n R 其他说明 / Other information
q N 版本 / Version
r R 演奏媒介 / Medium of performance
s R 作品编号 / Number of the work
u N 调 / Key
w N 改编说明 / Arrangement
${DIVISIONS}
606 - R 学科主题 / Topical subject
i1 0 不分主次 / No level given
i1 1 主要主题 / Primary subject
i1 2 次要主题 / Secondary subject
a N 主题词 / Heading
${DIVISIONS}
607 - R 地名主题 / Place as subject
a N 地名 / Place
${DIVISIONS}
608 - R 体裁与形式 / Genre and form
a N 体裁 / Heading
5 N 所指的藏书单位 / Institution that it applies to
${DIVISIONS}
610 - R 自由词 / Uncontrolled word
i1 0 不分主次 / No level given
i1 1 主要词 / Primary word
i1 2 次要词 / Secondary word
a R 词 / Word
615 - R 主题类目 / Subject category
a N 类目 / Category
x R 类目细分 / Subdivision
n R 类目代码 / Code of the category
m R 细分代码 / Code of the subdivision
2 N 类目表 / Source
3 N 规范记录号 / Authority number
620 - R 出版地检索点 / Place of publication as access point
a N 国家 / Country
b N 省、州 / Province
c N 县 / County
d N 城市 / City
3 N 规范记录号 / Authority number
660 - R 地区代码 / Area code
a N 国际代码 / International code
b N 国内代码 / National code
661 - R 年代代码 / Period code
a N 代码 / Code
670 - R 词串标引 / String indexing
b N 主题标识 / Subject indicator
c N 词串 / String
e R 参照标识 / Reference indicator
z N 语种 / Language @languages
675 - R 国际十进分类号 / Universal Decimal Classification
a N 分类号 / Class number
v N 版次 / Edition
z N 版本语种 / Language of the edition @languages
676 - R 杜威分类号 / Dewey Decimal Classification
a N 分类号 / Class number
v N 版次 / Edition
z N 版本语种 / Language of the edition @languages
680 - R 美国国会分类号 / Library of Congress Classification
a N 分类号 / Class number
b N 书号 / Book number
686 - R 其他分类号 / Other classification
a R 分类号 / Class number
b R 书号 / Book number
c R 细分 / Subdivision
2 N 分类法 / Source
690 - R 中图法分类号 / Chinese Library Classification
a N 分类号 / Class number
v N 版次 / Edition @editions
692 - R 科图法分类号 / Academy of Sciences Classification
a N 分类号 / Class number
v N 版次 / Edition @editions
`)
