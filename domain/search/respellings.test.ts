import { describe, expect, it } from 'vitest'

import { respellings } from './respellings.ts'

const unbounded = { isSpent: () => false }
const respelled = (typed: string): string[] => [...respellings(typed, unbounded)]

describe('what may have been meant', () => {
  it.each([
    ['z for zh', 'zongguo', 'zhongguo'],
    ['zh for z', 'zhidian', 'zidian'],
    ['c for ch', 'caguan', 'chaguan'],
    ['s for sh', 'sanghai', 'shanghai'],
    ['n for ng', 'pinfandeshijie', 'pingfandeshijie'],
    ['ng for n', 'santi'.replace('n', 'ng'), 'santi'],
    ['l for n', 'lahan', 'nahan'],
    ['n for l', 'hongnoumeng', 'hongloumeng'],
    ['a doubled letter', 'hongllou', 'honglou'],
    ['a missing letter', 'honglumeng', 'hongloumeng'],
    ['a blank between', 'zong guo', 'zhongguo'],
  ])('%s: %s → %s', (_name, typed, meant) => {
    expect(respelled(typed)).toContain(meant)
  })

  it.each([
    ['hanzi', '红楼梦'],
    ['hanzi and pinyin', 'shen图'],
    ['too short', 'zong'],
    ['digits', 'zongguo2'],
    ['longer than a title', 'zhong'.repeat(40)],
    ['nothing', ''],
  ])('nothing for %s', (_name, typed) => {
    expect(respelled(typed)).toEqual([])
  })

  it('is bounded', () => {
    expect(respelled('zhizhizhizhizhizhizhizhi').length).toBeLessThanOrEqual(40)
  })

  it('is neither what was typed nor said twice', () => {
    for (const typed of ['hongloumeng', 'zhongguo', 'annannan']) {
      const all = respelled(typed)
      expect(new Set(all).size).toBe(all.length)
      expect(all).not.toContain(typed)
    }
  })
})

describe('a budget', () => {
  const asked = (typed: string, looks: number): { given: string[]; looksCount: number } => {
    let looksCount = 0
    const isSpent = (): boolean => {
      looksCount += 1
      return looksCount > looks
    }
    return { given: [...respellings(typed, { isSpent })], looksCount }
  }

  it('that is spent before the first look gives nothing, and nothing more is looked at', () => {
    expect(asked('hongnoumeng', 0)).toEqual({ given: [], looksCount: 1 })
  })
  it('cuts the likeliest off where it is spent', () => {
    const all = respelled('hongnoumeng')
    for (const looks of [1, 2, 3]) {
      const { given, looksCount } = asked('hongnoumeng', looks)
      expect(given).toEqual(all.slice(0, given.length))
      expect(given.length).toBeLessThanOrEqual(looks)
      expect(looksCount).toBe(looks + 1)
    }
  })
  it('is asked at each of the missing letters, before any of them is given', () => {
    const likelyCount = asked('babab', 1000).given.length
    expect(likelyCount).toBeGreaterThan(0)
    // Nothing is confused or doubled in it: its 42 looks are all for a missing letter.
    expect(asked('babab', 41).given).toEqual([])
  })
  it('that is not asked for is not looked at', () => {
    let looksCount = 0
    const spellings = respellings('zhongguo', {
      isSpent: () => {
        looksCount += 1
        return false
      },
    })
    expect(spellings.next().value).toBe('zongguo')
    expect(looksCount).toBe(1)
  })
})
