/** Films and music on disc; author is who directed, composed or sang. */
import type { TitleShelf } from './title-row.ts'

/** Year: the year of the film or the recording. */
// oxfmt-ignore
export const audioVisual: TitleShelf = {
  shelfZh: '视听资料',
  itemType: 'av',
  loansMax: 380,
  priceFen: 4500,
  rows: [
    ['霸王别姬', '陈凯歌导演', null, '汤臣电影有限公司', '1993', 'J951', 'chi', 'video'],
    ['红高粱', '张艺谋导演', null, '西安电影制片厂', '1988', 'J951', 'chi', 'video'],
    ['大闹天宫', '万籁鸣导演', null, '上海美术电影制片厂', '1964', 'J954', 'chi', 'video', 'juvenile'],
    ['舌尖上的中国', '陈晓卿总导演', null, '中央电视台', '2012', 'J952', 'chi', 'video'],
    ['我在故宫修文物', '叶君, 萧寒导演', null, '中央电视台', '2016', 'J952', 'chi', 'video'],
    ['肖申克的救赎', '（美）弗兰克·德拉邦特导演', null, 'Castle Rock Entertainment', '1994', 'J951', 'eng', 'video'],
    ['千与千寻', '（日）宫崎骏导演', null, '吉卜力工作室', '2001', 'J954', 'jpn', 'video', 'juvenile'],
    ['梁祝小提琴协奏曲', '何占豪, 陈钢作曲', null, '中国唱片总公司', '1959', 'J657.21', 'chi', 'music'],
    ['黄河钢琴协奏曲', '殷承宗等改编', null, '中国唱片总公司', '1970', 'J657.41', 'chi', 'music'],
    ['The Goldberg Variations', 'Johann Sebastian Bach; performed by Glenn Gould', null, 'CBS Masterworks', '1982', 'J657.41', 'eng', 'music'],
    ['Abbey Road', 'The Beatles', null, 'Apple Records', '1969', 'J652', 'eng', 'music'],
  ],
}
