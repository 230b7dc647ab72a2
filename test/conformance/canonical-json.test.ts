/** Hashes of operations that desks and servers have kept stand on this text. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { canonicalJson } from '../../contract/sync-protocol.ts'

/** The definition, letter by letter. */
function written(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  const names = Object.keys(value).toSorted()
  const field = (name: string): unknown => (value as Record<string, unknown>)[name]
  return `{${names.map((name) => `${JSON.stringify(name)}:${written(field(name))}`).join(',')}}`
}

test('keys stand in order at every depth, whatever they are called', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const before = JSON.stringify(value)
      expect(canonicalJson(value)).toBe(written(value))
      expect(JSON.stringify(value)).toBe(before)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['{"b":{"d":1,"c":[{"z":1,"y":2}]},"a":2}', '{"a":2,"b":{"c":[{"y":2,"z":1}],"d":1}}'],
  ['{"9":1,"10":2,"a":3,"!":4}', '{"!":4,"10":2,"9":1,"a":3}'],
  ['{"b":1,"__proto__":{"y":1,"x":2}}', '{"__proto__":{"x":2,"y":1},"b":1}'],
])('%s', (given, expected) => {
  expect(canonicalJson(JSON.parse(given))).toBe(expected)
})
