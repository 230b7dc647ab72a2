/** Real answers of a real server: slow, silent, and cut off. */
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openSilence } from './silence.ts'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serverThat(answer: (response: ServerResponse) => Promise<void>): Promise<string> {
  server = createServer((_, response) => void answer(response))
  const listening = server
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

async function heardFrom(url: string): Promise<string> {
  const silence = openSilence(2_000, 400)
  try {
    const response = await fetch(url, { signal: silence.signal })
    let text = ''
    for await (const piece of response.body ?? []) {
      silence.broken()
      text += Buffer.from(piece).toString()
    }
    return text
  } finally {
    silence.end()
  }
}

test('pieces that keep coming are waited for, however long the whole takes', async () => {
  const url = await serverThat(async (response) => {
    for (let piece = 0; piece < 8; piece += 1) {
      response.write('.')
      await wait(100)
    }
    response.end()
  })
  expect(await heardFrom(url)).toBe('.'.repeat(8))
})

test('a line that falls silent in the middle is given up', async () => {
  const url = await serverThat((response) => {
    response.write('.')
    return Promise.resolve()
  })
  await expect(heardFrom(url)).rejects.toThrow(/abort/i)
})
