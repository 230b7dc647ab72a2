/** What is typed into the form of a batch, and what it comes to. */
import type { AskOf } from '../../../contract/queries.ts'

type Look = AskOf<'batch-look'>
export type FixKind = Look['fix']['does']
export type SelectionKind = Look['selection']['by']

export interface BatchWish {
  readonly by: SelectionKind
  readonly text: string
  /** Of the selection, and of a fix as the rule says. */
  readonly rule: string
  /** One a line. */
  readonly numbers: string
  readonly kind: Look['kind']
  readonly does: FixKind
  readonly tag: string
  readonly code: string
  readonly find: string
  readonly value: string
}

export const firstWish: BatchWish = {
  by: 'search',
  text: '',
  rule: 'M08',
  numbers: '',
  kind: null,
  does: 'replace',
  tag: '',
  code: '',
  find: '',
  value: '',
}

const NUMBERS_MAX = 10_000

/** Null where something is missing still. */
export function lookOf(wish: BatchWish, batchId: string): Look | null {
  const selection = selectionOf(wish)
  const fix = fixOf(wish)
  return selection === null || fix === null ? null : { batchId, selection, kind: wish.kind, fix }
}

function selectionOf({ by, text, rule, numbers }: BatchWish): Look['selection'] | null {
  if (by === 'rule') return { by, rule }
  if (by === 'search') return text.trim() === '' ? null : { by, text: text.trim() }
  const lines = numbers
    .split(/[\s,，;；]+/u)
    .filter((line) => line !== '')
    .slice(0, NUMBERS_MAX)
  return lines.length === 0 ? null : { by, numbers: lines }
}

function fixOf({ does, rule, tag, code, find, value }: BatchWish): Look['fix'] | null {
  if (does === 'rule') return { does, rule }
  if (!/^[0-9A-Za-z]{3}$/.test(tag) || code.length !== 1) return null
  if (does === 'delete') return { does, tag, code }
  if (does === 'set') return value === '' ? null : { does, tag, code, value }
  return find === '' ? null : { does, tag, code, find, value }
}
