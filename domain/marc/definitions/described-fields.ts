/** 2XX: description, as it is read from the publication. */
import { readFieldTable } from './field-definition.ts'

export const describedFields = readFieldTable(`
200 M N 题名与责任者 / Title and responsibility
i1 0 题名不作检索点 / The title is no access point
i1 1 题名作检索点 / The title is an access point
a R 正题名 / Title proper
9 R 题名的拼音 / Pinyin of the title
A R 题名的拼音（双写习惯） / Pinyin of the title (twin subfield)
b R 资料类型 / Kind of material @carriers
c R 另一责任者的题名 / Title by another author
d R 并列题名 / Parallel title
e R 副题名等说明文字 / Other title information
E R 副题名的拼音（双写习惯） / Pinyin of other title information (twin subfield)
f R 第一责任者 / First statement of responsibility
F R 责任者的拼音（双写习惯） / Pinyin of the first responsibility (twin subfield)
g R 其他责任者 / Later statement of responsibility
h R 分册号 / Number of a part
i R 分册名 / Name of a part
v R 卷册号 / Volume
z R 并列题名的语种 / Language of the parallel title @languages
5 N 所指的藏书单位 / Institution that it applies to
205 - R 版本 / Edition
a N 版次，首版不写 / Edition; the first is not recorded
b R 附加的版次说明 / Issue
d R 并列的版本说明 / Parallel edition statement
f R 本版的责任者 / Responsibility of this edition
g R 本版的其他责任者 / Later responsibility of this edition
206 - R 地图的数学数据 / Maps: mathematical data
a N 比例尺、投影、坐标 / Scale, projection, co-ordinates
207 - N 报刊的起止卷期 / Serials: numbering
i2 0 已规范著录 / In a set form
i2 1 未规范著录 / Not in a set form
a R 年月与卷期 / Dates and volumes
z R 卷期的出处 / Source of the numbering
208 - N 乐谱的特别说明 / Printed music: specific statement
a N 说明 / The statement
d R 并列的说明 / Parallel statement
210 M N 出版发行 / Publication
a R 出版地 / Place
b R 出版者地址 / Address of the publisher
c R 出版者 / Publisher
d R 出版年月 / Date
e R 印制地 / Place of manufacture
f R 印制者地址 / Address of the manufacturer
g R 印制者 / Manufacturer
h R 印制年月 / Date of manufacture
211 - N 预定的出版日期 / Projected date of publication
a N 日期 / The date
215 - R 形态 / Physical description
a R 页数或件数，带单位 / Extent, with its unit
b N 其他形态 / Other physical details
c N 图 / Illustrations
d R 尺寸 / Size
e R 附件 / Accompanying material
225 - R 丛编 / Series
i1 0 与检索形式不同 / Differs from the access form
i1 1 没有检索形式 / Has no access form
i1 2 与检索形式相同 / Same as the access form
a R 丛编名 / Series title
d R 并列丛编名 / Parallel series title
e R 丛编的说明文字 / Other information of the series
f R 丛编责任者 / Responsibility of the series
h R 分丛编号 / Number of the sub-series
i R 分丛编名 / Name of the sub-series
v R 丛编内的卷册号 / Volume within the series
x R 丛编的国际标准号 / ISSN of the series
z R 并列丛编名的语种 / Language of the parallel title @languages
230 - R 电子资源特征 / Electronic resources: characteristics
a N 文件的类型与大小 / Kind and size of the files
`)
