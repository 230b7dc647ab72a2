import { describe, expect, test } from 'vitest'
import { kept, known, namedTarget, told } from '../../test/builders/copy-target.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { reviewer } from '../../test/builders/draft-work.ts'

describe('a source', () => {
  test.each([
    ['C60 is new', [], { ...told, of: null }, []],
    ['C61 is changed as it was seen', known, { ...told, of: namedTarget }, []],
    [
      'C61 was changed elsewhere',
      known,
      { ...told, of: { ...namedTarget, revision: 2 } },
      ['impossible C61 copy-target-changed'],
    ],
    ['C60 is not there', [], { ...told, of: namedTarget }, ['impossible C60 unknown-copy-target']],
    [
      'C60 has an address that hides a name',
      [],
      { ...told, address: 'https://me:secret@sru.example.cn/', of: null },
      ['impossible C60 copy-target-invalid'],
    ],
    [
      'C60 has the indexes of another protocol',
      [],
      { ...told, indexes: { ...told.indexes, isbn: '7' }, of: null },
      ['impossible C60 copy-target-invalid'],
    ],
  ])('%s', (_says, records, payload, findings) => {
    expect(said(decideOn(records, 'copying.save-target', payload, reviewer))).toEqual(findings)
  })

  test('C61 counts its savings, and is taken back by an undo', () => {
    const shelf = aShelf(known)
    const by = (operationId: string) => ({ ...reviewer, operationId })
    const renamed = { ...told, name: '国图', of: namedTarget }
    performOn(shelf, 'copying.save-target', renamed, by('desk-a.1.1'))
    expect(rowOf(shelf, 'copy-target', 'target-1')).toMatchObject({ name: '国图', revision: 4 })
    const undo = { operation: 'desk-a.1.1', reason: null }
    performOn(shelf, 'operation.undo', undo, by('desk-a.1.2'))
    expect(rowOf(shelf, 'copy-target', 'target-1')).toEqual(kept)
  })
})
