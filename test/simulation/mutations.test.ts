import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mutations } from './mutations.ts'

const root = join(import.meta.dirname, '..', '..')

// `npm run simulate -- --mutations` runs by hand: a safeguard that was rewritten would be missed there.
test.each(mutations.map((one) => [one.name, one] as const))(
  '%s can be taken away',
  (_name, one) => {
    const source = readFileSync(join(root, one.file), 'utf8')
    expect(source.split(one.replaces)).toHaveLength(2)
    expect(one.by).not.toBe(one.replaces)
  },
)
