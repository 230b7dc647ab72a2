/** One record, made wrong by chance. */
import type { Random } from '../simulation/random.ts'

/** A whole number from 0, less than `count`. */
export const below = (random: Random, count: number): number => random.int(0, count - 1)

const SEPARATORS = [0x1d, 0x1e, 0x1f, 0x1b, 0x00, 0x0a, 0x20, 0xff] as const
const LEADER_AND_DIRECTORY = 120

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

const span = (bytes: Uint8Array, random: Random): [from: number, to: number] => {
  const from = below(random, bytes.length + 1)
  return [from, Math.min(bytes.length, from + below(random, 40))]
}

const withByte = (bytes: Uint8Array, at: number, byte: number): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  if (at < copy.length) copy[at] = byte
  return copy
}

const mutations: readonly Mutation[] = [
  (bytes, random) => withByte(bytes, below(random, bytes.length + 1), below(random, 256)),
  (bytes, random) =>
    withByte(
      bytes,
      below(random, bytes.length + 1),
      SEPARATORS[below(random, SEPARATORS.length)] ?? 0,
    ),
  (bytes, random) => withByte(bytes, below(random, LEADER_AND_DIRECTORY), 0x30 + below(random, 10)),
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    return joined(bytes.subarray(0, from), bytes.subarray(to))
  },
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    return joined(bytes.subarray(0, to), bytes.subarray(from))
  },
  (bytes, random, other) => {
    const [from, to] = span(other, random)
    const at = below(random, bytes.length + 1)
    return joined(bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at))
  },
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    const chance = Uint8Array.from({ length: to - from }, () => below(random, 256))
    return joined(bytes.subarray(0, from), chance, bytes.subarray(to))
  },
  (bytes, random) => bytes.subarray(0, below(random, bytes.length + 1)),
  (bytes, random) => bytes.subarray(below(random, bytes.length + 1)),
]

/** One to four things wrong; never longer than the record and a few hundred bytes. */
export function mutated(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  let made = bytes
  for (let left = 1 + below(random, 2) * below(random, 4); left > 0; left -= 1) {
    made = (mutations[below(random, mutations.length)] as Mutation)(made, random, other)
  }
  return made
}
