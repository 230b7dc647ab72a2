/** 100$a: of every record (reference/domain-cn.md 1.4). */
import { readCodes } from './code-choices.ts'
import { codeLists } from './code-lists.ts'
import { many, one, text } from './coded-string.ts'
import type { CodedString } from './coded-string.ts'

const dateTypes = readCodes(`
d 一年内出全的专著 / Monograph, one year
g 跨年出版的专著 / Monograph, several years
e 重印或影印 / Reprint or facsimile
f 出版年不确定 / Year uncertain
h 出版年与版权年不同 / Years of publication and copyright differ
i 发行年与制作年不同 / Years of release and production differ
j 有详细日期 / Detailed date
a 现刊 / Serial, current
b 停刊 / Serial, ceased
c 刊行情况不明 / Serial, status unknown`)

const readers = readCodes(`
a 少年儿童，一般 / Juvenile, general
b 五岁以下 / Under 5
c 五至十岁 / 5 to 10
d 九至十四岁 / 9 to 14
e 十四至二十岁 / 14 to 20
k 成人，学术 / Adult, serious
m 成人，一般 / Adult, general
u 不明 / Unknown`)

const governments = readCodes(`
y 不是政府出版物 / Not a government publication
a 中央 / National
b 省级 / Province
c 县级 / County
d 市镇 / Town
e 多级联合 / Several levels
f 国际组织 / International
g 流亡政府 / In exile
h 级别不定 / Level not determined
u 不能确定 / Unknown
z 其他 / Other`)

const transliterations = readCodes(`
y 没有音译 / None
a 国际标准的音译 / By the international standard
b 其他音译 / Other
c 两种以上音译 / More than one`)

/** `50` and blanks say Unicode; files of older systems have the GB sets, and practice disagrees. */
const charsets = readCodes(`
50 国际通用字符集 / Unicode
01 基本拉丁字符 / Basic Latin
02 登记的拉丁字符 / Registered Latin
03 扩充拉丁字符 / Extended Latin
04 扩充基里尔字符 / Extended Cyrillic
05 希腊字符 / Greek
06 非洲字符 / African
10 国标汉字基本集 / GB 2312`)

const scripts = readCodes(`
ea 中文 / Chinese
eb 汉字 / Chinese, hanzi
ec 汉语拼音 / Chinese, pinyin
ba 拉丁字母 / Latin
ca 基里尔字母 / Cyrillic
da 日文 / Japanese
db 日文汉字 / Japanese, kanji
dc 日文假名 / Japanese, kana
fa 阿拉伯文 / Arabic
ga 希腊文 / Greek
ha 希伯来文 / Hebrew
ia 泰文 / Thai
ja 天城文 / Devanagari
ka 朝鲜文 / Korean
la 泰米尔文 / Tamil
ma 格鲁吉亚文 / Georgian
zz 其他 / Other`)

export const codedGeneral: CodedString = {
  tag: '100',
  code: 'a',
  zh: '通用编码',
  en: 'General coded information',
  length: 36,
  places: [
    text(0, ['入档日期，八位', 'Date entered, eight digits'], '        '),
    one(8, ['出版时间类型', 'Type of date'], dateTypes, 'd'),
    text(9, ['出版年一', 'Year 1'], '    '),
    text(13, ['出版年二', 'Year 2'], '    '),
    many(17, 3, 1, ['读者对象', 'Intended readers'], readers, 'm'),
    one(20, ['政府出版物', 'Government publication'], governments, 'y'),
    one(
      21,
      ['记录有无变通', 'Modified record'],
      readCodes(`
0 没有变通 / Not modified
1 有字符不能照录 / Characters could not be given`),
      '0',
    ),
    one(22, ['编目语种', 'Language of cataloguing'], codeLists.languages, 'chi'),
    one(25, ['音译', 'Transliteration'], transliterations, 'y'),
    many(26, 4, 2, ['字符集', 'Character sets'], charsets, '50'),
    many(30, 4, 2, ['补充字符集', 'Additional character sets'], charsets, ''),
    one(34, ['题名的文字', 'Script of the title'], scripts, 'ea'),
  ],
}
