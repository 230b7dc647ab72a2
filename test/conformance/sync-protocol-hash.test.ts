/** Shapes on the wire change with a raise of PROTOCOL_VERSION, or not at all. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  LiveNews,
  PROTOCOL_VERSION,
  ServerRefusal,
  canonicalJson,
  messages,
  signedHeaders,
  signingText,
} from '../../contract/sync-protocol.ts'

/** One line for each version that ever left the house; the last is today's. */
const hashByVersion: Record<number, string> = {
  1: '042654522bad8d8d52b2733a608ec7368db6bf449ed8dc4b4412ad250c4995e5',
  2: '375730c90bf3f6f318a3a9ca21f695acd3a8aeadbaad9b8dd8ca2aebddd7c9f1',
}

const wire = () => ({
  messages: Object.entries(messages).map(([name, { request, response }]) => [
    name,
    shapeOf(request),
    shapeOf(response),
  ]),
  live: shapeOf(LiveNews),
  refusal: shapeOf(ServerRefusal),
  signedHeaders,
  signingText: signingText('METHOD', '/path', 'hash', 'device', 'at', 'nonce'),
  canonical: canonicalJson({ b: [1, { d: null, c: 'ü' }], a: undefined }),
})

const shapeOf = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any' })

const hashOf = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex')

test('the wire is the one that this protocol version stands for', () => {
  expect(hashOf(wire()), 'a shape changed: raise PROTOCOL_VERSION and add its hash here').toBe(
    hashByVersion[PROTOCOL_VERSION],
  )
  expect(Object.keys(hashByVersion).map(Number).at(-1)).toBe(PROTOCOL_VERSION)
})

test('the hash sees a field that is added, and a record that changes', () => {
  const { changed, same } = {
    same: shapeOf(messages.hello.request),
    changed: shapeOf(messages.hello.request.extend({ more: z.string() })),
  }
  expect(hashOf(changed)).not.toBe(hashOf(same))
  expect(JSON.stringify(shapeOf(messages.pull.response))).toContain('lastCheckInAt')
})
