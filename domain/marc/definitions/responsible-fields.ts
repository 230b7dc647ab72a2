/** 7XX, who is responsible, and 8XX and 9XX, where the record and its copies come from. */
import { readFieldTable } from './field-definition.ts'

const PERSON = `i2 0 直序 / In direct order
i2 1 姓在前 / Family name first
a N 姓名 / Name
A N 姓名的拼音（双写习惯） / Pinyin of the name (twin subfield)
9 N 姓名的拼音 / Pinyin of the name
b N 名的其余部分 / Rest of the name
c R 朝代、国别等附加 / Addition (dynasty, country)
d N 罗马数字 / Roman numerals
f N 生卒年 / Dates
g N 缩写的全称 / Initials in full
p N 任职机构 / Affiliation
4 R 责任方式 / Role @roles
3 N 规范记录号 / Authority number`

const BODY = `i1 0 团体 / A body
i1 1 会议 / A meeting
i2 0 倒置 / Inverted
i2 1 以地区著录 / Under a place
i2 2 直序 / In direct order
a N 名称 / Name
A N 名称的拼音（双写习惯） / Pinyin of the name (twin subfield)
9 N 名称的拼音 / Pinyin of the name
b R 下属机构 / Subdivision of the body
c R 附加 / Addition
d N 会议届次 / Number of the meeting
e N 会议地点 / Place of the meeting
f N 会议日期 / Date of the meeting
g N 倒置部分 / Inverted element
h R 名称的其余部分 / Rest of the name
p N 地址 / Address
4 R 责任方式 / Role @roles
3 N 规范记录号 / Authority number`

const FAMILY = `a N 家族名 / Name of the family
f N 年代 / Dates
4 R 责任方式 / Role @roles
3 N 规范记录号 / Authority number`

export const responsibleFields = readFieldTable(`
700 - N 个人：主要责任者（国内少用） / Person, main (rare in China)
${PERSON}
701 - R 个人：同等责任者 / Person, equal
${PERSON}
702 - R 个人：次要责任者 / Person, secondary
${PERSON}
710 - N 团体：主要责任者（国内少用） / Body, main (rare in China)
${BODY}
711 - R 团体：同等责任者 / Body, equal
${BODY}
712 - R 团体：次要责任者 / Body, secondary
${BODY}
720 - N 家族：主要责任者 / Family, main
${FAMILY}
721 - R 家族：同等责任者 / Family, equal
${FAMILY}
722 - R 家族：次要责任者 / Family, secondary
${FAMILY}
730 - R 未分类的责任者 / Name not sorted
a N 名称 / Name
4 R 责任方式 / Role @roles
801 M R 记录来源 / Source of the record
i2 0 原始编目 / Original cataloguing
i2 1 转录 / Transcribing
i2 2 修改 / Modifying
i2 3 发行 / Issuing
a N 国家 / Country @countries
b N 机构 / Agency
c N 日期，八位 / Date, eight digits
g R 编目规则 / Rules
2 N 格式 / Format
802 - N 报刊登记中心 / ISSN centre
a N 中心代码 / Code of the centre
830 - R 编目员备注 / Cataloguer's note
a N 备注 / The note
856 - R 网上地址 / Electronic location
i1 0 电子邮件 / E-mail
i1 1 文件传送 / File transfer
i1 2 远程登录 / Remote login
i1 3 拨号 / Dial-up
i1 4 网页 / Web
i1 7 方式写在后面 / Named in the field
a R 主机 / Host
b R 访问号 / Access number
c R 压缩 / Compression
d R 路径 / Path
e R 访问时间 / Time of consultation
f R 文件名 / File name
g R 统一资源名 / Uniform name
h N 用户名 / User name
i R 指令 / Instruction
j R 传输速度 / Bits per second
k R 口令 / Password
l R 登录 / Login
m R 求助联系 / Contact for help
n R 主机所在地 / Place of the host
o N 操作系统 / Operating system
p R 端口 / Port
q R 文件格式 / File format
r R 设置 / Settings
s R 文件大小 / File size
t R 终端仿真 / Terminal emulation
u R 网址 / Address
v R 可访问的时段 / Hours of access
w R 记录控制号 / Record number
x R 内部备注 / Internal note
y N 访问方式 / Access method
z R 公开备注 / Public note
905 - R 馆藏（本馆使用） / Holdings (local)
a N 馆代码 / Library
b R 条码或登录号 / Barcode or accession number
c N 排架区 / Shelf section
d N 分类号 / Class number
e N 书次号 / Book number
f N 复本数 / Copies
s N 完整索书号 / Whole call number
v R 所藏卷期 / Volumes held
y R 所藏年代 / Years held
z R 复本号 / Copy number
998 - R 编目批次（本馆使用） / Cataloguing batch (local)
a N 批次号 / Batch
u N 时间 / Time
z N 建立者 / Made by
`)
