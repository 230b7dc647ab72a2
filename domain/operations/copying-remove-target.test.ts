import { expect, test } from 'vitest'
import { known, namedTarget } from '../../test/builders/copy-target.ts'
import { decideOn, said } from '../../test/builders/decide.ts'
import { reviewer } from '../../test/builders/draft-work.ts'

test('C61 is removed as it was seen', () => {
  expect(decideOn(known, 'copying.remove-target', namedTarget, reviewer).changes).toEqual([
    { remove: 'copy-target', id: 'target-1' },
  ])
  const older = { ...namedTarget, revision: 1 }
  expect(said(decideOn(known, 'copying.remove-target', older, reviewer))).toEqual([
    'impossible C61 copy-target-changed',
  ])
})
