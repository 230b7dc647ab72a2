/** 0XX: what a publication is known by (reference/domain-cn.md 1.3). */
import { readFieldTable } from './field-definition.ts'

export const identifyingFields = readFieldTable(`
001 M N 记录控制号 / Record number
005 - N 最近改动的时间 / Time of the last change
010 - R 图书的国际标准号 / ISBN
a N 号码，带连字符 / The number, with hyphens
b N 装订或卷册 / Binding or volume @bindings
d N 定价或获得方式 / Price or terms
z R 印错的号码 / A wrong number
011 - R 报刊的国际标准号 / ISSN
a N 号码 / The number
b N 装订或版别 / Binding or edition
d N 定价或获得方式 / Price or terms
y R 已注销的号码 / A cancelled number
z R 印错的号码 / A wrong number
013 - R 乐谱的国际标准号 / ISMN
a N 号码 / The number
b N 装订或声部 / Binding or part
d N 定价或获得方式 / Price or terms
z R 印错的号码 / A wrong number
014 - R 文章的编号 / Article number
a N 编号 / The number
z R 印错的编号 / A wrong number
2 N 编号体系 / Numbering scheme
015 - R 技术报告的国际标准号 / ISRN
a N 号码 / The number
b N 限定说明 / Qualification
d N 定价或获得方式 / Price or terms
z R 作废或印错的号码 / A cancelled or wrong number
020 - R 国家书目号 / National bibliography number
a N 国家 / Country @countries
b N 编号 / The number
z R 印错的编号 / A wrong number
021 - R 版权登记号 / Legal deposit number
a N 国家 / Country @countries
b N 编号 / The number
z R 印错的编号 / A wrong number
022 - R 政府出版物编号 / Government publication number
a N 国家 / Country @countries
b N 编号 / The number
z R 印错的编号 / A wrong number
040 - R 报刊的六位代码 / CODEN
a N 代码 / The code
z R 印错的代码 / A wrong code
071 - R 音像制品的出版者编号 / Publisher's number of a recording
i1 0 录音制品的发行号 / Issue number of a sound recording
i1 1 母带号 / Matrix number
i1 2 乐谱版号 / Plate number
i1 3 其他乐谱编号 / Other music number
i1 4 录像制品编号 / Video recording number
i2 0 不作附注 / No note
i2 1 作附注 / Make a note
a N 编号 / The number
b N 编号的来源 / Source of the number
091 - R 统一书号、国内刊号 / Unified book or serial number
a N 号码 / The number
b N 装订 / Binding
d N 定价 / Price
z R 印错的号码 / A wrong number
092 - R 订购号 / Order number
a N 国家 / Country @countries
b N 国内订购号（邮发代号） / Domestic order number (post code)
c N 国外订购号 / Foreign order number
z R 印错的号码 / A wrong number
094 - R 标准编号 / Standard number
a N 国家 / Country @countries
b N 编号 / The number
z R 印错的编号 / A wrong number
`)
