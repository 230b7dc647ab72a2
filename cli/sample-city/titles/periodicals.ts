/** Periodicals, with their ISSN where it is certain. */
import type { TitleShelf } from './title-row.ts'

/** Year: the year of the first issue. */
// oxfmt-ignore
export const periodicals: TitleShelf = {
  shelfZh: '报刊阅览区',
  itemType: 'periodical',
  loansMax: 900,
  priceFen: 1200,
  rows: [
    ['读者', null, null, '读者出版传媒股份有限公司', '1981', 'Z62', 'chi', 'serial'],
    ['三联生活周刊', null, null, '生活·读书·新知三联书店', '1995', 'Z62', 'chi', 'serial'],
    ['中国国家地理', null, null, '中国国家地理杂志社', '1950', 'K9', 'chi', 'serial'],
    ['意林', null, null, '意林杂志社', '2003', 'Z62', 'chi', 'serial'],
    ['青年文摘', null, null, '中国青年出版社', '1981', 'Z62', 'chi', 'serial'],
    ['故事会', null, null, '上海文艺出版社', '1963', 'I2', 'chi', 'serial'],
    ['收获', null, null, '收获文学杂志社', '1957', 'I2', 'chi', 'serial'],
    ['人民文学', null, null, '人民文学杂志社', '1949', 'I2', 'chi', 'serial'],
    ['读书', null, null, '生活·读书·新知三联书店', '1979', 'G2', 'chi', 'serial'],
    ['财经', null, null, '财经杂志社', '1998', 'F', 'chi', 'serial'],
    ['环球科学', null, null, '环球科学杂志社', '2006', 'N', 'chi', 'serial'],
    ['科幻世界', null, null, '科幻世界杂志社', '1979', 'I2', 'chi', 'serial'],
    ['儿童文学', null, null, '中国少年儿童出版社', '1963', 'I28', 'chi', 'serial', 'juvenile'],
    ['大众摄影', null, null, '中国摄影出版社', '1958', 'J4', 'chi', 'serial'],
    ['特区文学', null, null, '特区文学杂志社', '1982', 'I2', 'chi', 'serial'],
    ['Nature', null, null, 'Springer Nature', '1869', 'N', 'eng', 'serial'],
    ['Science', null, null, 'American Association for the Advancement of Science', '1880', 'N', 'eng', 'serial'],
    ['National Geographic', null, null, 'National Geographic Partners', '1888', 'K9', 'eng', 'serial'],
    ['The Economist', null, null, 'The Economist Newspaper', '1843', 'F', 'eng', 'serial'],
  ],
}

/** A serial that is not named here has none in its record. */
export const issnByTitle: ReadonlyMap<string, string> = new Map([
  ['读者', '1005-1805'],
  ['三联生活周刊', '1005-3603'],
  ['中国国家地理', '1009-6337'],
  ['收获', '0583-1288'],
  ['人民文学', '0258-8218'],
  ['读书', '0257-0270'],
  ['Nature', '0028-0836'],
  ['Science', '0036-8075'],
  ['National Geographic', '0027-9358'],
  ['The Economist', '0013-0613'],
])
