/** 3XX: notes. Most are one text. */
import { readFieldTable } from './field-definition.ts'

export const noteFields = readFieldTable(`
300 - R 一般附注 / General note
a N 附注 / The note
301 - R 标准编号的附注 / Note on numbers
a N 附注 / The note
302 - R 编码的附注 / Note on coded information
a N 附注 / The note
303 - R 著录的附注 / Note on the description
a N 附注 / The note
304 - R 题名与责任者的附注 / Note on title and responsibility
a N 附注 / The note
305 - R 版本与书目史的附注 / Note on edition and history
a N 附注 / The note
306 - R 出版发行的附注 / Note on publication
a N 附注 / The note
307 - R 形态的附注 / Note on the physical description
a N 附注 / The note
308 - R 丛编的附注 / Note on the series
a N 附注 / The note
310 - R 装订与获得方式的附注 / Note on binding and availability
a N 附注 / The note
311 - R 连接的附注 / Note on links
a N 附注 / The note
312 - R 相关题名的附注 / Note on related titles
a N 附注 / The note
313 - R 主题的附注 / Note on subjects
a N 附注 / The note
314 - R 责任者的附注 / Note on responsibility
a N 附注 / The note
315 - R 资料特性的附注 / Note on the kind of material
a N 附注 / The note
316 - R 藏本的附注（印章、批校） / Note on the copy (seals, handwriting)
a N 附注 / The note
5 N 所指的藏书单位 / Institution that it applies to
317 - R 递藏的附注 / Note on provenance
a N 附注 / The note
5 N 所指的藏书单位 / Institution that it applies to
318 - R 修复与保存的附注 / Note on conservation
a N 做了什么 / Action
b R 操作编号 / Identification of the action
c R 时间 / Time
d R 间隔 / Interval
e R 临时安排 / Contingency
f R 授权 / Authorisation
h R 管辖 / Jurisdiction
i R 方法 / Method
j R 地点 / Place
k R 操作者 / Agent
l R 状况 / Condition
n R 数量 / Extent
o R 计量单位 / Unit
p R 内部附注 / Internal note
r R 公开附注 / Public note
5 N 所指的藏书单位 / Institution that it applies to
320 - R 书内书目与索引的附注 / Note on bibliographies and indexes inside
a N 附注 / The note
321 - R 书外索引与文摘的附注 / Note on indexes and abstracts elsewhere
i1 0 被索引、摘要 / Indexed or abstracted
i1 1 被书目收录 / In a bibliography
a N 附注 / The note
b N 收录的时间 / Dates covered
x N 索引刊物的国际标准号 / ISSN of the index
322 - R 影音制作者的附注 / Note on makers
a N 附注 / The note
323 - R 演出者的附注 / Note on performers
a N 附注 / The note
324 - R 原本的附注 / Note on the original
a N 附注 / The note
325 - R 复制品的附注 / Note on the reproduction
a N 附注 / The note
326 - R 出版频率的附注 / Note on frequency
a N 出版频率 / Frequency
b N 此频率的起止时间 / Dates of this frequency
327 - R 内容与子目 / Contents
i1 0 不完整 / Incomplete
i1 1 完整 / Complete
a R 子目 / Entry
328 - R 学位论文的附注 / Note on a thesis
a N 附注 / The note
330 - R 提要 / Abstract
a N 提要 / The abstract
332 - R 引用形式的附注 / Note on preferred citation
a N 附注 / The note
333 - R 读者对象 / Intended readers
a N 附注 / The note
336 - R 电子资源类型的附注 / Note on the type of the electronic resource
a N 附注 / The note
337 - R 系统要求 / System requirements
a N 附注 / The note
345 - R 采访信息 / Acquisition
a R 来源与订购地址 / Source and address
b R 库存号 / Stock number
c R 载体 / Medium
d R 获得方式 / Terms
`)
