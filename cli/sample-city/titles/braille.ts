/** Braille editions of books that the other tables hold in print. */
import type { TitleShelf } from './title-row.ts'

/** The publisher is China's braille press; the years are the sample's, not the press's. */
// oxfmt-ignore
export const braille: TitleShelf = {
  shelfZh: '盲文阅览室',
  itemType: 'braille',
  loansMax: 40,
  priceFen: 9600,
  rows: [
    ['活着 [盲文]', '余华', null, '中国盲文出版社', '2015', 'I247.57'],
    ['骆驼祥子 [盲文]', '老舍', null, '中国盲文出版社', '2012', 'I246.57'],
    ['平凡的世界 [盲文]', '路遥', null, '中国盲文出版社', '2016', 'I247.57'],
    ['红楼梦 [盲文]', '（清）曹雪芹', null, '中国盲文出版社', '2009', 'I242.4'],
    ['小王子 [盲文]', '（法）圣埃克苏佩里', '马振骋', '中国盲文出版社', '2014', 'I565.88', 'chi', 'book', 'juvenile'],
  ],
}
