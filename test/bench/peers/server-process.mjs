/** The authority of a peer: a process of its own that says its port when it listens. */
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/**
 * Starts a script of this folder with its order; it must call `ready(…)`.
 * @param {string} script
 * @param {unknown} order
 */
export async function startServer(script, order) {
  const child = fork(join(import.meta.dirname, script), [JSON.stringify(order)])
  const said = await new Promise((done, failed) => {
    child.once('message', done)
    child.once('exit', (code) => failed(new Error(`${script} ended with ${code}`)))
  })
  return {
    pid: child.pid,
    ...said,
    stop: () =>
      new Promise((done) => {
        child.once('exit', done)
        child.disconnect()
      }),
  }
}

/** @returns {any} what `startServer` was given */
export const order = () => JSON.parse(process.argv[2] ?? '')

/** @param {unknown} said - what `startServer` answers; the process ends with the one that started it */
export function ready(said) {
  process.on('disconnect', () => process.exit())
  process.send?.(said)
}

/** ms on a clock that all processes of this machine share. */
export const now = () => Number(process.hrtime.bigint()) / 1e6

/** Time between two samples, never the same, so that no poll falls into step with them. */
export const pauseMs = (sample) => 5 + ((sample * 7) % 23)

export const freePort = () =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })

/** Version of an installed package, as its own package.json says. */
export const versionOf = (name) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8'))
    .version

/** @param {string} url */
export async function ask(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return await answer.json()
}

/** The text of a request. @param {import('node:http').IncomingMessage} request */
export async function bodyOf(request) {
  const pieces = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** Asks again every few ms until the answer is yes; the bench has the watch. */
export async function until(isSo, everyMs = 5) {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, everyMs))
}
