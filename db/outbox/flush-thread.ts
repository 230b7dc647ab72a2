/**
 * A thread that flushes a file while this one waits for another: a commit of SQLite and the flush of
 * the journal take as long together as the slower of the two.
 */
import { fdatasyncSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

export interface FlushThread {
  /** What was written to `fd` begins its way to the disk. One file at a time. */
  readonly begin: (fd: number) => void
  /** With the disk when it returns. Throws what the file system throws. */
  readonly end: (fd: number) => void
  readonly close: () => void
}

/** Places in the memory that the two threads share. */
const ASKED = 0
const DONE = 1
const FD = 2
const ERROR = 3
const IS_READY = 4
const PLACES = 5

const CLOSED = -1
/** A thread costs some MB and 30 ms: a command that does three things does without. */
const FLUSHES_BEFORE = 16
/** Beyond it the thread may be dead: the file is flushed here, which waits as long as it takes. */
const WAIT_MS = 5_000

/** As text: a file of its own would have to be found again in each of the packagings. */
const THREAD = `
const { workerData: shared } = require('node:worker_threads')
const { fdatasyncSync } = require('node:fs')
Atomics.store(shared, ${IS_READY}, 1)
for (let asked = 0; ; ) {
  Atomics.wait(shared, ${ASKED}, asked)
  asked = Atomics.load(shared, ${ASKED})
  if (asked === ${CLOSED}) break
  let error = 0
  try {
    fdatasyncSync(Atomics.load(shared, ${FD}))
  } catch (thrown) {
    error = thrown.errno || 1
  }
  Atomics.store(shared, ${ERROR}, error)
  Atomics.store(shared, ${DONE}, asked)
  Atomics.notify(shared, ${DONE})
}`

/** The flush failed on the other thread; `code` is not told, only that it is of the disk. */
class FlushFailed extends Error {
  readonly code = 'EIO'
  readonly syscall = 'fdatasync'
  readonly errno: number

  constructor(errno: number) {
    super(`EIO: fdatasync failed with ${errno}`)
    this.name = 'FlushFailed'
    this.errno = errno
  }
}

export function flushThread(): FlushThread {
  let flushes = 0
  let asked = 0
  let isAsked = false
  let shared: Int32Array<SharedArrayBuffer> | null = null
  const close = (): void => {
    if (shared === null) return
    Atomics.store(shared, ASKED, CLOSED)
    Atomics.notify(shared, ASKED)
    shared = null
    flushes = 0
  }
  return {
    begin(fd) {
      flushes += 1
      if (flushes === FLUSHES_BEFORE) {
        shared = started()
        asked = 0
      }
      isAsked = shared !== null && Atomics.load(shared, IS_READY) === 1
      if (shared === null || !isAsked) return
      asked += 1
      Atomics.store(shared, FD, fd)
      Atomics.store(shared, ASKED, asked)
      Atomics.notify(shared, ASKED)
    },
    end(fd) {
      if (shared === null || !isAsked) {
        fdatasyncSync(fd)
        return
      }
      isAsked = false
      // An earlier flush that nobody waited for may still be on its way: only ours counts.
      for (
        let done = Atomics.load(shared, DONE);
        done !== asked;
        done = Atomics.load(shared, DONE)
      ) {
        if (Atomics.wait(shared, DONE, done, WAIT_MS) !== 'timed-out') continue
        close()
        fdatasyncSync(fd)
        return
      }
      const error = Atomics.load(shared, ERROR)
      if (error !== 0) throw new FlushFailed(error)
    },
    close,
  }
}

function started(): Int32Array<SharedArrayBuffer> {
  const shared = new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT))
  const thread = new Worker(THREAD, { eval: true, workerData: shared, name: 'flush' })
  // It holds nothing that must be ended in order.
  thread.unref()
  // One that dies is noticed by whoever waits for it in vain.
  thread.on('error', () => Atomics.store(shared, IS_READY, 0))
  return shared
}
