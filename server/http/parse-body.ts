import type { z } from 'zod'
import { PROTOCOL_MIN, PROTOCOL_VERSION } from '../../contract/sync-protocol.ts'
import { Refused } from './refused.ts'

/** JSON.parse takes any depth; what walks the value afterwards does not. Ours reach about ten. */
const DEPTH_MAX = 64

/**
 * The message in the body. Throws Refused: another protocol before another shape, so that a desk
 * of another age hears the true reason. `protocolMin`: the oldest that is answered.
 */
export function parseBody<T>(
  body: Buffer,
  schema: z.ZodType<T>,
  protocolMin: number = PROTOCOL_MIN,
): T {
  const value = jsonIn(body)
  const protocol =
    typeof value === 'object' && value !== null && 'protocol' in value ? value.protocol : null
  if (typeof protocol !== 'number') throw new Refused('bad-request', 'no protocol version')
  if (protocol < protocolMin) throw new Refused('desk-too-old', `speaks ${PROTOCOL_VERSION}`)
  if (protocol > PROTOCOL_VERSION) throw new Refused('server-too-old', `speaks ${PROTOCOL_VERSION}`)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues
    .slice(0, 5)
    .map(({ code, path }) => `${code} ${path.join('.')}`)
  throw new Refused('bad-request', places.join('; ').slice(0, 500))
}

function jsonIn(body: Buffer): unknown {
  if (depthOf(body) > DEPTH_MAX) throw new Refused('bad-request', 'nested too deeply')
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refused('bad-request', 'not JSON')
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d

function depthOf(body: Buffer): number {
  let depth = 0
  let deepest = 0
  let isText = false
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0
    if (isText && byte === BACKSLASH) at += 1
    else if (byte === QUOTE) isText = !isText
    else if (!isText && isOpening(byte)) deepest = Math.max(deepest, ++depth)
    else if (!isText && isClosing(byte)) depth -= 1
  }
  return deepest
}
