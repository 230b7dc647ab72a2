/** A file that appears under its name only when it is whole. */
import { once } from 'node:events'
import { createWriteStream, renameSync, rmSync } from 'node:fs'

export interface DraftFile {
  readonly put: (bytes: Uint8Array) => Promise<void>
  readonly finish: () => Promise<void>
  readonly discard: () => void
}

/** Throws what the file system throws. */
export async function openDraftFile(path: string): Promise<DraftFile> {
  const draft = `${path}.part`
  const stream = createWriteStream(draft)
  await once(stream, 'open')
  return {
    put: async (bytes) => {
      if (bytes.length > 0 && !stream.write(bytes)) await once(stream, 'drain')
    },
    finish: async () => {
      stream.end()
      await once(stream, 'close')
      renameSync(draft, path)
    },
    discard: () => {
      stream.destroy()
      rmSync(draft, { force: true })
    },
  }
}

/** A pipe has no name to appear under: what was written of a cancelled work stays written. */
export const standardOutput = (): DraftFile => ({
  put: async (bytes) => {
    if (bytes.length > 0 && !process.stdout.write(bytes)) await once(process.stdout, 'drain')
  },
  finish: () => Promise.resolve(),
  discard: () => undefined,
})
