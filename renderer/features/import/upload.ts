/** A file of records to the engine. */
import type { AnswerOf, AskOf } from '../../../contract/queries.ts'
import type { Desk } from '../../../contract/desk-api.ts'
import { sendPieces } from '../../app/file-pieces.ts'

export type UploadOptions = Pick<
  AskOf<'import-upload'>,
  'format' | 'profile' | 'encoding' | 'isDryRun'
>

interface Upload {
  readonly desk: Desk
  readonly file: Blob & { readonly name: string }
  readonly options: UploadOptions
  readonly uploadId: string
  readonly onProgress: (sentBytes: number) => void
  readonly isCancelled: () => boolean
}

/** The job's id, or null where it was cancelled; rejects as Desk.ask does. */
export async function upload(parts: Upload): Promise<string | null> {
  const { desk, file, options, uploadId, onProgress, isCancelled } = parts
  const fileName = file.name.slice(0, 200)
  const last = await sendPieces(
    file,
    async (piece) => {
      const ask = { uploadId, fileName, ...piece, ...options }
      const answer = (await desk.ask('import-upload', ask)) as AnswerOf<'import-upload'>
      onProgress(answer.receivedBytes)
      return answer
    },
    isCancelled,
  )
  return last?.jobId ?? null
}
