/** GET /v1/snapshot/<name>, by Range: a desk goes on where its line broke. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { RANGE_BYTES } from '../../contract/sync-protocol.ts'
import { Refused } from '../http/refused.ts'
import type { SnapshotKeeper } from './snapshot-keeper.ts'

/** More at once would slow the desks that work; the others are told to come again. */
const DOWNLOADS_MAX = 16

/** Sends one range of a file, at most RANGE_BYTES. The request was signed. */
export function openSnapshotFiles(keeper: Pick<SnapshotKeeper, 'pathOf'>) {
  let running = 0
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { name } = request.params as { name: string }
    const path = keeper.pathOf(name)
    if (path === null)
      return reply.code(404).send({ refusal: 'bad-request', detail: 'no such snapshot' })
    const { size } = await stat(path)
    const range = rangeOf(request.headers.range, size)
    if (range === null) throw new Refused('bad-request', 'Range: bytes=from-to')
    if (running >= DOWNLOADS_MAX) throw new Refused('busy', 'too many downloads')
    running += 1
    const stream = createReadStream(path, { start: range.from, end: range.to })
    stream.on('close', () => {
      running -= 1
    })
    return reply
      .code(206)
      .header('content-type', 'application/octet-stream')
      .header('content-range', `bytes ${range.from}-${range.to}/${size}`)
      .header('content-length', range.to - range.from + 1)
      .send(stream)
  }
}

function rangeOf(header: string | undefined, size: number): { from: number; to: number } | null {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined) return null
  const from = Number(first)
  const to = Math.min(Number(last), size - 1)
  return from <= to && to - from < RANGE_BYTES ? { from, to } : null
}
