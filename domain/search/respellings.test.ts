import { describe, expect, it } from 'vitest'

import { respellings } from './respellings.ts'

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
    expect(respellings(typed)).toContain(meant)
  })

  it.each([
    ['hanzi', '红楼梦'],
    ['hanzi and pinyin', 'shen图'],
    ['too short', 'zong'],
    ['digits', 'zongguo2'],
    ['longer than a title', 'zhong'.repeat(40)],
    ['nothing', ''],
  ])('nothing for %s', (_name, typed) => {
    expect(respellings(typed)).toEqual([])
  })

  it('is bounded', () => {
    expect(respellings('zhizhizhizhizhizhizhizhi').length).toBeLessThanOrEqual(40)
  })
})
