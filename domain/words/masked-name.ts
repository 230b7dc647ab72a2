/** Names of people where others may read along. */

/** Surnames of two characters that are in use (百家姓 and the commoner ones outside it). */
const compoundSurnames = new Set(
  (
    '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 端木 轩辕 南宫 百里 ' +
    '申屠 淳于 单于 太史 公冶 宗政 濮阳 闻人 赫连 澹台 仲孙 钟离 鲜于 闾丘 司空 亓官 司寇 独孤 ' +
    '呼延 东郭 西门 拓跋 第五 梁丘 左丘 万俟 公羊 谷梁 纳兰 歐陽 司馬 諸葛 東方 長孫 鍾離'
  ).split(' '),
)

/** The dots that part a name of several words: U+00B7, U+2022, U+2027, U+30FB. */
const PARTING = /[·•‧・]/u

/**
 * The surname, and a star for each character that follows: 张思远 → 张**, 欧阳明 → 欧阳*. Of names
 * without a Chinese surname the first character stays: 阿依古丽·买买提 → 阿***·***. Latin names keep
 * one letter and not their length, which tells too much: Maria Silva → M***.
 */
export function maskedName(name: string): string {
  const letters = Array.from(name.trim())
  const [first] = letters
  if (first === undefined) return ''
  if (!/\p{Script=Han}/u.test(first)) return `${first}***`
  const isParted = PARTING.test(name)
  const isCompound = letters.length > 2 && compoundSurnames.has(letters.slice(0, 2).join(''))
  const shown = isCompound && !isParted ? 2 : 1
  const stars = letters.slice(shown).map((letter) => (PARTING.test(letter) ? letter : '*'))
  return `${letters.slice(0, shown).join('')}${stars.join('') || '*'}`
}
