import { describe, expect, test } from 'vitest'

import { NOW, anException } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { EXCEPTION_COMMENTS_MAX } from '../evidence.ts'

const open = anException()
const settled = put('exception', { ...open, settledAt: 5 })

describe('a comment', () => {
  const say = (text: string) => ({ exception: open.id, text })

  test('E1 on what nobody knows', () => {
    expect(said(decideOn([], 'exception.comment', say('?')))).toEqual([
      'impossible E1 unknown-exception',
    ])
  })

  test('E5 is kept with who said it and when; the last of them stay', () => {
    const shelf = aShelf([put('exception', open)])
    for (let at = 1; at <= EXCEPTION_COMMENTS_MAX + 1; at += 1) {
      const parts = { operationId: `desk-a.1.${at}`, at: NOW + at }
      performOn(shelf, 'exception.comment', say(`第 ${at} 句`), parts)
    }
    const comments = rowOf(shelf, 'exception', open.id)?.comments ?? []
    expect(comments).toHaveLength(EXCEPTION_COMMENTS_MAX)
    expect(comments[0]?.text).toBe('第 2 句')
    expect(comments.at(-1)).toEqual({
      at: NOW + EXCEPTION_COMMENTS_MAX + 1,
      staffId: 'staff-lin',
      text: `第 ${EXCEPTION_COMMENTS_MAX + 1} 句`,
    })
  })

  test('E5 may follow the settling', () => {
    expect(said(decideOn([settled], 'exception.comment', say('已电话告知')))).toEqual([])
  })
})
