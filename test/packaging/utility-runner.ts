/** Runs a built entry under plain Node as Electron's utility process would: with `process.parentPort`. */
import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'

/** Keeps what comes before somebody listens, as Electron does. */
class ParentPort extends EventEmitter {
  readonly #early: unknown[] = []

  constructor() {
    super()
    process.on('message', (message) => {
      if (this.listenerCount('message') === 0) this.#early.push(message)
      else this.emit('message', { data: message })
    })
    this.on('newListener', (name) => {
      if (name !== 'message') return
      setImmediate(() => {
        for (const message of this.#early.splice(0)) this.emit('message', { data: message })
      })
    })
  }

  postMessage(message: unknown): void {
    if (process.connected) process.send?.(message)
  }
}

const [node = '', , file = '', ...args] = process.argv
process.argv = [node, file, ...args]
Object.assign(process, { parentPort: new ParentPort() })
process.on('disconnect', () => process.exit(0))
await import(pathToFileURL(file).href)
