/** 1XX: what is coded. The strings of fixed places stand beside this, a file a family. */
import { readFieldTable } from './field-definition.ts'

export const codedFields = readFieldTable(`
100 M N 通用编码 / General coded information
a N 三十六位定长串 / String of 36 places
101 M N 语种 / Language
i1 0 原著 / An original
i1 1 译作 / A translation
i1 2 含有译文 / Contains translations
a R 正文语种 / Language of the text @languages
b R 转译所据的语种 / Language it was translated through @languages
c R 原著语种 / Language of the original @languages
d R 提要语种 / Language of the abstract @languages
e R 目次语种 / Language of the contents list @languages
f R 题名页语种 / Language of the title page @languages
g R 正题名语种 / Language of the title proper @languages
h R 歌词语种 / Language of the libretto @languages
i R 附件语种 / Language of what goes with it @languages
j R 字幕语种 / Language of the subtitles @languages
102 M N 出版地区 / Country of publication
a R 国家 / Country @countries
b R 省市代码 / Province or city @places
c R 国际标准的地区代码 / Place by the international list
2 N 代码的来源 / Source of the code
105 B N 图书编码 / Books: coded information
a N 十三位定长串 / String of 13 places
106 M N 文字资料的形态 / Text: physical form
a N 形态 / Form @physicalForms
110 S N 连续出版物编码 / Serials: coded information
a N 十一位定长串 / String of 11 places
115 - R 影视资料编码 / Moving and projected images: coded information
a N 二十位定长串 / String of 20 places
b N 影片存档：十三位定长串 / Film archive: string of 13 places
116 - R 图画编码 / Graphics: coded information
a R 十八位定长串 / String of 18 places
117 - R 实物编码 / Objects: coded information
a R 九位定长串 / String of 9 places
120 - N 地图通用编码 / Maps: general coded information
a N 十三位定长串 / String of 13 places
121 - N 地图形态编码 / Maps: physical form
a N 九位定长串 / String of 9 places
b R 航空与遥感：八位定长串 / Remote sensing: string of 8 places
122 - R 内容所涉的时期 / Period of the contents
i1 0 一个年代 / A single date
i1 1 若干年代 / Several dates
i1 2 起止年代 / A range of dates
a R 年代 / Period
123 - R 地图比例尺与坐标 / Maps: scale and co-ordinates
a N 比例尺类型 / Type of scale
b R 水平比例尺 / Horizontal scale
c R 垂直比例尺 / Vertical scale
d N 最西经度 / Westernmost longitude
e N 最东经度 / Easternmost longitude
f N 最北纬度 / Northernmost latitude
g N 最南纬度 / Southernmost latitude
h R 角比例尺 / Angular scale
i N 赤纬北限 / Declination, northern limit
j N 赤纬南限 / Declination, southern limit
k R 赤经东限 / Right ascension, eastern limit
m R 赤经西限 / Right ascension, western limit
n N 分点 / Equinox
o N 历元 / Epoch
124 - N 地图的特殊类型 / Maps: kind of image
a N 图像性质 / Character of the image
b R 地图形式 / Form of the map
c R 表现方法 / Presentation technique
d R 摄影位置 / Position of the platform
e R 卫星类别 / Category of satellite
f R 卫星名称 / Name of satellite
g R 遥感方法 / Recording technique
125 - N 录音与乐谱编码 / Sound and printed music: coded information
a N 乐谱：二位定长串 / Music: string of 2 places
b N 有声文字的类型 / Kind of spoken text
126 - N 录音制品形态编码 / Sound recordings: physical form
a N 十五位定长串 / String of 15 places
b N 细节：三位定长串 / Details: string of 3 places
127 - N 播放时间 / Duration
a R 时分秒，六位 / Hours, minutes, seconds: six digits
128 - R 乐曲形式与演奏 / Music: form and performance
a R 曲式 / Form of the work
b R 合奏合唱的声部 / Ensemble parts
c R 独奏独唱的声部 / Solo parts
130 - R 缩微制品形态编码 / Microforms: physical form
a N 十一位定长串 / String of 11 places
131 - N 地图大地与高程数据 / Maps: geodetic and vertical data
a N 椭球体 / Spheroid
b R 水平基准 / Horizontal datum
c R 网格与参照体系 / Grid and referencing system
d R 覆盖与参照体系 / Overlapping system
e R 次要网格 / Secondary grid
f R 垂直基准 / Vertical datum
g R 高程单位 / Unit of height
h R 等高距 / Contour interval
i R 辅助等高距 / Supplementary contour interval
j R 深度单位 / Unit of depth
k R 等深距 / Bathymetric interval
l R 辅助等深距 / Supplementary bathymetric interval
135 - R 电子资源编码 / Electronic resources: coded information
a N 二位定长串 / String of 2 places
140 - N 古籍通用编码 / Old books: general coded information
a N 二十八位定长串 / String of 28 places
141 - R 古籍藏本编码 / Old books: coded information of the copy
a N 八位定长串 / String of 8 places
5 N 所指的藏书单位 / Institution that holds the copy
191 - N 拓片编码 / Rubbings: coded information
a N 七位定长串 / String of 7 places
192 - R 民族音乐编码 / Chinese music: coded information
a R 曲式 / Form of the work
b R 合奏合唱的声部 / Ensemble parts
c R 独奏独唱的声部 / Solo parts
`)
