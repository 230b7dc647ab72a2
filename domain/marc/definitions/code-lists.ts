/**
 * Codes that subfields take. Languages by ISO 639-2/B, countries by ISO 3166, places by GB/T 2260;
 * roles are Chinese words in CNMARC (reference/domain-cn.md 1.7). Of the long lists those that a
 * Chinese public library meets: what is not here can be typed.
 */
import { readCodes } from './code-choices.ts'

export const codeLists = {
  languages: readCodes(`
chi 汉语 / Chinese
eng 英语 / English
jpn 日语 / Japanese
fre 法语 / French
ger 德语 / German
rus 俄语 / Russian
kor 朝鲜语 / Korean
spa 西班牙语 / Spanish
ita 意大利语 / Italian
por 葡萄牙语 / Portuguese
ara 阿拉伯语 / Arabic
lat 拉丁语 / Latin
grc 古希腊语 / Ancient Greek
gre 现代希腊语 / Modern Greek
dut 荷兰语 / Dutch
swe 瑞典语 / Swedish
nor 挪威语 / Norwegian
dan 丹麦语 / Danish
fin 芬兰语 / Finnish
pol 波兰语 / Polish
cze 捷克语 / Czech
hun 匈牙利语 / Hungarian
rum 罗马尼亚语 / Romanian
ukr 乌克兰语 / Ukrainian
tur 土耳其语 / Turkish
per 波斯语 / Persian
heb 希伯来语 / Hebrew
hin 印地语 / Hindi
ben 孟加拉语 / Bengali
tha 泰语 / Thai
vie 越南语 / Vietnamese
ind 印度尼西亚语 / Indonesian
may 马来语 / Malay
mon 蒙古语 / Mongolian
tib 藏语 / Tibetan
uig 维吾尔语 / Uighur
kaz 哈萨克语 / Kazakh
chu 教会斯拉夫语 / Church Slavonic
san 梵语 / Sanskrit
mul 多种语言 / Several languages
und 不能确定 / Undetermined`),
  countries: readCodes(`
CN 中国 / China
HK 中国香港 / Hong Kong, China
MO 中国澳门 / Macao, China
TW 中国台湾 / Taiwan, China
US 美国 / United States
GB 英国 / United Kingdom
JP 日本 / Japan
FR 法国 / France
DE 德国 / Germany
RU 俄罗斯 / Russia
KR 韩国 / Korea
SG 新加坡 / Singapore
CA 加拿大 / Canada
AU 澳大利亚 / Australia
IT 意大利 / Italy
ES 西班牙 / Spain
NL 荷兰 / Netherlands
CH 瑞士 / Switzerland`),
  places: readCodes(`
110000 北京 / Beijing
120000 天津 / Tianjin
130000 河北 / Hebei
140000 山西 / Shanxi
150000 内蒙古 / Inner Mongolia
210000 辽宁 / Liaoning
220000 吉林 / Jilin
230000 黑龙江 / Heilongjiang
310000 上海 / Shanghai
320000 江苏 / Jiangsu
330000 浙江 / Zhejiang
340000 安徽 / Anhui
350000 福建 / Fujian
360000 江西 / Jiangxi
370000 山东 / Shandong
410000 河南 / Henan
420000 湖北 / Hubei
430000 湖南 / Hunan
440000 广东 / Guangdong
440100 广州 / Guangzhou
440300 深圳 / Shenzhen
450000 广西 / Guangxi
460000 海南 / Hainan
500000 重庆 / Chongqing
510000 四川 / Sichuan
520000 贵州 / Guizhou
530000 云南 / Yunnan
540000 西藏 / Tibet
610000 陕西 / Shaanxi
620000 甘肃 / Gansu
630000 青海 / Qinghai
640000 宁夏 / Ningxia
650000 新疆 / Xinjiang
710000 台湾 / Taiwan
810000 香港 / Hong Kong
820000 澳门 / Macao`),
  roles: readCodes(`
著 写成作品的人 / Author
编著 编而有作 / Author and compiler
主编 主持编写 / Chief editor
编 汇集材料 / Compiler
译 译成另一语言 / Translator
编译 译而有编 / Translator and compiler
改编 改成另一体裁 / Adapter
校 核对文字 / Proof-reader
注 加注 / Annotator
校注 核对并加注 / Proof-reader and annotator
点校 标点核对 / Punctuator
选编 选择汇集 / Selector
整理 整理遗稿 / Arranger
绘 画图 / Illustrator
插图 配图 / Illustrator of the text
摄影 拍摄 / Photographer
书 写字 / Calligrapher
作曲 写曲 / Composer
作词 写词 / Lyricist
演唱 唱 / Singer
演播 朗读演播 / Narrator
导演 执导 / Director
主演 领衔出演 / Leading actor
口述 由他人记录 / Teller
审定 终审 / Reviser
撰 古籍著者 / Author (old books)
辑 古籍辑者 / Collector (old books)
修 方志主修 / Head of a gazetteer
纂 方志编纂 / Writer of a gazetteer`),
  bindings: readCodes(`
精装 硬面 / Hardcover
平装 软面 / Paperback
软精装 软面仿精装 / Flexible cover
线装 线订 / Thread-bound
盒装 有盒 / Boxed
函装 有函套 / Cased`),
  carriers: readCodes(`
专著 图书 / Monograph
连续出版物 报刊 / Serial
录音制品 唱片与磁带 / Sound recording
录像制品 影碟与录像带 / Video recording
电子资源 光盘与网络 / Electronic resource
地图 测绘资料 / Map
乐谱 印刷乐谱 / Printed music
缩微品 缩微胶片 / Microform
古籍 线装旧籍 / Old Chinese book
拓片 碑帖拓本 / Rubbing`),
  editions: readCodes(`
1 第一版 / First edition
2 第二版 / Second edition
3 第三版 / Third edition
4 第四版 / Fourth edition
5 第五版 / Fifth edition`),
  physicalForms: readCodes(`
r 普通印刷 / Regular print
d 大字印刷 / Large print
e 报纸开本 / Newspaper format
f 盲文 / Braille
g 微型印刷 / Micro print
h 手写 / Handwritten
i 多种载体 / Several media
j 小型印刷 / Mini print
z 其他 / Other`),
} as const
