import type { ServerRefusal } from '../../contract/sync-protocol.ts'

const statusOf: Record<ServerRefusal['refusal'], number> = {
  'bad-request': 400,
  'bad-signature': 401,
  'device-revoked': 401,
  'code-not-valid': 403,
  'desk-too-old': 426,
  'server-too-old': 426,
  'too-large': 413,
  busy: 503,
}

/** Thrown inside a request; the app's error handler answers it. `detail` quotes nothing sent. */
export class Refused extends Error {
  readonly refusal: ServerRefusal['refusal']
  readonly status: number

  constructor(refusal: ServerRefusal['refusal'], detail: string) {
    super(detail)
    this.name = 'Refused'
    this.refusal = refusal
    this.status = statusOf[refusal]
  }
}
