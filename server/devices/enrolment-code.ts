/** One-time codes that enrol a desk: `ABCD-EFGH-JKMN`, 15 minutes, 5 tries. */
import { createHash, randomInt } from 'node:crypto'
import type { LedgerStorage } from '../storage/ledger-storage.ts'

/** Crockford's base 32: nothing that is misread or misheard. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LABEL_LENGTH = 4
/** 8 × 5 = 40 bits that only the code's holder knows. */
const SECRET_LENGTH = 8
const shape = new RegExp(`^[${alphabet}]{${LABEL_LENGTH + SECRET_LENGTH}}$`)
const VALID_MS = 15 * 60_000

const randomText = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

export interface CodeParts {
  readonly label: string
  readonly secretHash: string
}

/** As a person typed it: any case, with or without hyphens; null where it cannot be a code. */
export function partsOfCode(typed: string): CodeParts | null {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  if (!shape.test(code)) return null
  return {
    label: code.slice(0, LABEL_LENGTH),
    secretHash: createHash('sha256').update(code).digest('hex'),
  }
}

/** Throws where the city has no such branch. */
export async function createEnrolmentCode(
  storage: LedgerStorage,
  { branchId, deskName }: { readonly branchId: string; readonly deskName: string },
  now: number,
): Promise<string> {
  if ((await storage.get('branch', branchId)) === null) throw new Error(`no branch ${branchId}`)
  const code = randomText(LABEL_LENGTH + SECRET_LENGTH)
  const parts = partsOfCode(code)
  if (parts === null) throw new Error('a code of ours must read as one')
  await storage.saveEnrolmentCode({ ...parts, branchId, deskName, expiresAt: now + VALID_MS })
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}
