/** Long lists of the coded strings of maps: projections and prime meridians. */
import { readCodes } from './code-choices.ts'

export const projections = readCodes(`
uu 不明 / Unknown
xx 不适用 / Does not apply
aa 艾托夫 / Aitoff
ab 球心 / Gnomonic
ac 兰勃特方位等积 / Lambert azimuthal equal-area
ad 正射 / Orthographic
ae 方位等距 / Azimuthal equidistant
af 球面 / Stereographic
ag 方位等积 / Azimuthal equal-area
au 方位，不明 / Azimuthal, unknown
az 方位，其他 / Azimuthal, other
ba 高尔 / Gall
bb 古德等积 / Goode homolographic
bc 兰勃特圆柱等积 / Lambert cylindrical equal-area
bd 墨卡托 / Mercator
be 米勒 / Miller
bf 摩尔威特 / Mollweide
bg 正弦 / Sinusoidal
bh 横轴墨卡托 / Transverse Mercator
bi 高斯 / Gauss
bj 等距圆柱 / Equirectangular
bk 卡西尼 / Cassini
bl 拉博德 / Laborde
bm 斜轴墨卡托 / Oblique Mercator
bu 圆柱，不明 / Cylindrical, unknown
bz 圆柱，其他 / Cylindrical, other
ca 阿伯斯等积 / Albers equal-area
cb 彭纳 / Bonne
cc 兰勃特等角圆锥 / Lambert conformal conic
cd 圆锥 / Conic
ce 米勒双极斜轴等角圆锥 / Miller bipolar oblique conformal conic
cf 德利尔圆锥 / De Lisle conic
cg 国际百万分一 / International Map of the World
ch 双标准等角圆锥 / Conformal conic with two parallels
cp 多圆锥 / Polyconic
cu 圆锥，不明 / Conic, unknown
cz 圆锥，其他 / Conic, other
da 犰狳 / Armadillo
db 蝶形 / Butterfly
dc 埃克特 / Eckert
dd 古德分瓣等积 / Goode interrupted homolosine
de 米勒双极斜轴 / Miller bipolar oblique
df 范德格林滕 / Van der Grinten
dg 戴马克松 / Dymaxion
dh 心形 / Cordiform
di 多面体 / Polyhedric
zz 其他 / Other`)

export const meridians = readCodes(`
aa 格林尼治 / Greenwich
bh 北京 / Beijing
ab 阿姆斯特丹 / Amsterdam
ac 雅典 / Athens
ad 雅加达 / Jakarta
ae 伯尔尼 / Bern
af 波哥大 / Bogota
ag 孟买 / Mumbai
ah 布鲁塞尔 / Brussels
ai 加的斯 / Cadiz
aj 开普敦 / Cape Town
ak 加拉加斯 / Caracas
al 哥本哈根 / Copenhagen
am 科尔多瓦 / Cordoba
an 费罗岛 / Ferro
ao 赫尔辛基 / Helsinki
ap 伊斯坦布尔 / Istanbul
aq 尤利安娜霍布 / Julianehaab
ar 里斯本 / Lisbon
as 伦敦 / London
at 马德拉斯 / Madras
ba 马德里 / Madrid
bb 墨西哥城 / Mexico City
bc 莫斯科 / Moscow
bd 慕尼黑 / Munich
be 那不勒斯 / Naples
bf 奥斯陆 / Oslo
bg 巴黎 / Paris
bi 费城 / Philadelphia
bj 圣彼得堡 / Saint Petersburg
bk 里约热内卢 / Rio de Janeiro
bl 罗马 / Rome
bm 圣地亚哥 / Santiago
bn 斯德哥尔摩 / Stockholm
bo 悉尼 / Sydney
bp 地拉那 / Tirana
bq 东京 / Tokyo
br 华盛顿 / Washington
uu 不明 / Unknown
zz 其他 / Other`)
