/** Leader of a CNMARC record (reference/domain-cn.md 1.2). */
import { readCodes } from './code-choices.ts'
import { one, text } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

export const codedLeader: CodedString = {
  tag: 'LDR',
  code: null,
  zh: '头标',
  en: 'Leader',
  length: 24,
  places: [
    text(0, ['记录长度（写文件时算出）', 'Length (counted when a file is written)'], '00000'),
    one(
      5,
      ['记录状态', 'Status'],
      readCodes(`
n 新记录 / New
c 改过的记录 / Corrected
d 作废的记录 / Deleted
o 曾有上一层的记录 / Had a record of a higher level
p 曾是在版编目记录 / Was a pre-publication record`),
      'n',
    ),
    one(
      6,
      ['资料类型', 'Type of material'],
      readCodes(`
a 印刷的文字 / Printed text
b 手写的文字 / Manuscript text
c 印刷的乐谱 / Printed music
d 手写的乐谱 / Manuscript music
e 印刷的地图 / Printed maps
f 手绘的地图 / Manuscript maps
g 影视与投影 / Projected and video material
i 说话的录音 / Spoken sound
j 音乐的录音 / Music sound
k 平面图画 / Two-dimensional graphics
l 电子资源 / Electronic resource
m 多种媒体 / Multimedia
r 立体实物 / Three-dimensional object`),
      'a',
    ),
    one(
      7,
      ['书目级别', 'Level'],
      readCodes(`
m 专著 / Monograph
s 连续出版物 / Serial
a 文献的一部分 / Analytic
c 人为的汇集 / Collection
i 更新中的资源 / Integrating resource`),
      'm',
    ),
    one(
      8,
      ['层次', 'Hierarchy'],
      readCodes(`
0 没有上下层 / Stands alone
1 最高层 / Highest level
2 下层 / Lower level
# 未定 / Not defined`),
      '0',
    ),
    text(9, ['不用', 'Not used'], ' '),
    text(10, ['指示符与子字段标识的长度', 'Lengths of indicators and subfield marks'], '22'),
    text(
      12,
      ['数据起点（写文件时算出）', 'Base address (counted when a file is written)'],
      '00000',
    ),
    one(
      17,
      ['编目等级', 'Encoding level'],
      readCodes(`
# 完整，见到原书 / Full, book in hand
1 完整，未见原书 / Full, book not in hand
2 预编或在版编目 / Before publication
3 不完整 / Not full`),
      ' ',
    ),
    one(
      18,
      ['著录形式', 'Form of description'],
      readCodes(`
# 完全按标准著录 / Standard description
n 不按标准著录 / Not by the standard
i 部分按标准著录 / Partly by the standard`),
      ' ',
    ),
    text(19, ['不用', 'Not used'], ' '),
    text(20, ['目次区结构', 'Map of the directory'], '450 '),
  ],
}
