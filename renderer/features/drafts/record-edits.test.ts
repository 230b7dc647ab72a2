import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aGoodRecord } from '../../../test/builders/good-record.ts'
import { editRecord, openEdits, readRows } from './record-edits.ts'
import type { Edit, Edits } from './record-edits.ts'

const good = aGoodRecord()
const opened = openEdits(good)
const after = (...edits: readonly Edit[]): Edits => edits.reduce(editRecord, opened)
const idOf = ({ rows }: Edits, tag: string): number => rows.find((row) => row.tag === tag)?.id ?? -1
const tagsOf = ({ rows }: Edits): string[] => rows.map(({ tag }) => tag)
const contentOf = ({ rows }: Edits) => readRows(rows).content

const anId = fc.integer({ min: 0, max: 20 })
const anEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    type: fc.constant('write' as const),
    id: anId,
    part: fc.constantFrom('tag' as const, 'indicators' as const, 'text' as const),
    value: fc.constantFrom('', '200', '1#', '‡a山', '‡a山‡9shan'),
  }),
  fc.record({ type: fc.constant('add' as const), after: anId, field: fc.constant(null) }),
  fc.record({ type: fc.constant('remove' as const), id: anId }),
  fc.record({ type: fc.constant('duplicate' as const), id: anId }),
  fc.record({
    type: fc.constant('move' as const),
    id: anId,
    by: fc.constantFrom(-1 as const, 1 as const),
  }),
  fc.record({
    type: fc.constant('replace' as const),
    content: fc.constantFrom(good, aGoodRecord('330  $a星球'), aGoodRecord('2001 $a山')),
  }),
  fc.constant({ type: 'undo' as const }),
  fc.constant({ type: 'redo' as const }),
)
const someEdits = fc.array(anEdit, { maxLength: 40 })
const all = (edits: Edits, type: 'undo' | 'redo'): Edits => {
  let now = edits
  for (let step = 0; step < 100; step += 1) now = editRecord(now, { type })
  return now
}

describe('steps of the editor', () => {
  it('what is opened is the record', () => {
    expect(contentOf(opened)).toEqual(good)
  })

  it('whatever was done, undone it is the record again, and redone it is what was done', () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        const done = after(...edits)
        expect(all(done, 'undo').rows).toEqual(opened.rows)
        const last = all(done, 'redo')
        expect(all(all(last, 'undo'), 'redo').rows).toEqual(last.rows)
      }),
    )
  })

  it('no two rows share an id, and the leader is first', () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        const { rows, nextId } = after(...edits)
        const ids = rows.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(Math.max(...ids)).toBeLessThan(nextId)
        expect(rows[0]?.id).toBe(0)
      }),
    )
  })

  it('a step that is new ends what could be redone', () => {
    const id = idOf(opened, '215')
    const edits = after({ type: 'remove', id }, { type: 'undo' }, { type: 'duplicate', id })
    expect(edits.future).toEqual([])
    expect(tagsOf(edits).filter((tag) => tag === '215')).toHaveLength(2)
  })

  it('typing on in a cell is one step, in another cell the next', () => {
    const [title, place] = [idOf(opened, '200'), idOf(opened, '210')]
    const typed = after(
      { type: 'write', id: title, part: 'text', value: '‡a' },
      { type: 'write', id: title, part: 'text', value: '‡a山' },
      { type: 'write', id: place, part: 'text', value: '‡a京' },
    )
    expect(typed.past).toHaveLength(2)
    const back = editRecord(typed, { type: 'undo' })
    expect(back.rows.find(({ id }) => id === title)?.text).toBe('‡a山')
    expect(editRecord(back, { type: 'undo' }).rows).toEqual(opened.rows)
  })

  it('a part of a form that is typed is one step', () => {
    const typed = after(
      { type: 'fill', part: 'title', content: aGoodRecord('2001 $a山') },
      { type: 'fill', part: 'title', content: aGoodRecord('2001 $a山水') },
      { type: 'fill', part: 'size', content: aGoodRecord('2001 $a山水', '215  $a2页') },
    )
    expect(typed.past).toHaveLength(2)
    expect(contentOf(editRecord(typed, { type: 'undo' }))).toEqual(aGoodRecord('2001 $a山水'))
  })

  it('what changes nothing is no step', () => {
    const leader = 0
    for (const edit of [
      { type: 'remove', id: leader },
      { type: 'duplicate', id: leader },
      { type: 'move', id: leader, by: 1 },
      { type: 'move', id: 1, by: -1 },
      { type: 'replace', content: good },
      { type: 'remove', id: 999 },
    ] as const) {
      expect(after(edit)).toEqual(opened)
    }
  })

  it('a record written anew keeps the rows that are as they were, and the one that was changed', () => {
    const edits = after({ type: 'replace', content: aGoodRecord('2001 $a山', '330  $a星球') })
    expect(idOf(edits, '210')).toBe(idOf(opened, '210'))
    expect(idOf(edits, '200')).toBe(idOf(opened, '200'))
    expect(idOf(edits, '330')).toBe(opened.nextId)
  })

  it('an empty row is no field and no fault; half a field is no record', () => {
    const id = idOf(opened, '010')
    const begun = after({ type: 'add', after: id, field: null })
    expect(contentOf(begun)).toEqual(good)
    const half = editRecord(begun, { type: 'write', id: 14, part: 'tag', value: '30' })
    expect(readRows(half.rows)).toMatchObject({ content: null, brokenId: 14 })
  })

  it('a leader that is too short is no record', () => {
    const edits = after({ type: 'write', id: 0, part: 'text', value: '00000nam' })
    expect(readRows(edits.rows)).toMatchObject({ content: null, brokenId: 0 })
  })
})
