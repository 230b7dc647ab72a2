/** Syllables of Mandarin without tones, and how typed letters may be cut into them. */

const SYLLABLES =
  `a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao
ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chuai chuan chuang chui chun chuo ci cong cou cu
cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en
eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun
guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing
jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang
lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lue lun luo lv lve ma mai man mang mao me
mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning
niu nong nou nu nuan nue nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia
qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai
san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun
shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa
wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin
ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi
zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo`.split(/\s+/)

const syllables: ReadonlySet<string> = new Set(SYLLABLES)
const SYLLABLE_LENGTH_MAX = 6
/** Longer than any title read aloud in one word; bounds the work on a hostile query. */
const WORD_LENGTH_MAX = 64

/** Whole syllables that begin so: `zhon` → zhong; `zh` → 20 of them. */
const completionsByStart: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>()
  for (const syllable of SYLLABLES) {
    for (let length = 1; length <= syllable.length; length += 1) {
      const start = syllable.slice(0, length)
      const known = found.get(start)
      if (known === undefined) found.set(start, [syllable])
      else known.push(syllable)
    }
  }
  return found
})()

export const syllablesStarting = (start: string): readonly string[] =>
  completionsByStart.get(start) ?? []

export interface SyllableSplit {
  readonly whole: readonly string[]
  /** The last syllable as far as it is typed; null where the last one is whole. */
  readonly partial: string | null
}

interface Costed {
  readonly split: SyllableSplit
  readonly cost: number
}

/** A syllable left open costs more than a whole one, so `fangan` is not first of all `fan ga n`. */
const PARTIAL_COST = 1.5

/**
 * The likeliest cuts, fewest syllables first, at most `splitsMax`: `xian` → xian · xi an.
 * Empty where the letters cannot be read as pinyin.
 */
export function splitSyllables(word: string, splitsMax: number): SyllableSplit[] {
  if (word.length > WORD_LENGTH_MAX || !/^[a-z]+$/.test(word)) return []
  const bestFrom: Costed[][] = Array.from({ length: word.length + 1 }, () => [])
  bestFrom[word.length] = [{ split: { whole: [], partial: null }, cost: 0 }]
  for (let from = word.length - 1; from >= 0; from -= 1) {
    const found: Costed[] = []
    const rest = word.slice(from)
    if (!syllables.has(rest) && completionsByStart.has(rest)) {
      found.push({ split: { whole: [], partial: rest }, cost: PARTIAL_COST })
    }
    for (let length = Math.min(SYLLABLE_LENGTH_MAX, rest.length); length > 0; length -= 1) {
      const syllable = rest.slice(0, length)
      if (!syllables.has(syllable)) continue
      for (const { split, cost } of bestFrom[from + length] ?? []) {
        found.push({
          split: { whole: [syllable, ...split.whole], partial: split.partial },
          cost: cost + 1,
        })
      }
    }
    bestFrom[from] = found.toSorted((a, b) => a.cost - b.cost).slice(0, splitsMax)
  }
  return (bestFrom[0] ?? []).map(({ split }) => split)
}

/** In the fewest whole syllables; null where it cannot be read to its end. */
export function fewestSyllables(word: string): number | null {
  if (word.length > WORD_LENGTH_MAX) return null
  const fewestTo: number[] = [0]
  for (let to = 1; to <= word.length; to += 1) {
    let fewest = Infinity
    for (let from = Math.max(0, to - SYLLABLE_LENGTH_MAX); from < to; from += 1) {
      const before = fewestTo[from] ?? Infinity
      if (before + 1 < fewest && syllables.has(word.slice(from, to))) fewest = before + 1
    }
    fewestTo.push(fewest)
  }
  const fewest = fewestTo[word.length] ?? Infinity
  return fewest === Infinity ? null : fewest
}

/** `shen2zhen4` → `shenzhen`: tone digits stand behind syllables and say nothing here. */
export const withoutTones = (word: string): string | null =>
  /^(?:[a-z]{1,6}[0-5])+[a-z]{0,6}$/.test(word) ? word.replace(/[0-5]/g, '') : null
