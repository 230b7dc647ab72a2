import type { Staff } from '../../domain/records.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { afterFailure, isLocked } from './lockout.ts'
import type { PasswordCheck } from './verify-password.ts'

export type SignIn =
  | { readonly outcome: 'signed-in'; readonly staff: Staff; readonly lockedUntil: null }
  | { readonly outcome: 'wrong-name-or-password'; readonly staff: null; readonly lockedUntil: null }
  | { readonly outcome: 'locked'; readonly staff: null; readonly lockedUntil: number }

interface Attempt {
  readonly deviceId: string
  readonly username: string
  readonly password: string
  readonly now: number
}

/**
 * A failure is counted for the name at this desk, whether or not anyone has that name. It is
 * counted before the password is looked at, so that many at once do not share one try.
 */
export async function signIn(
  storage: LedgerStorage,
  passwords: PasswordCheck,
  { deviceId, username, password, now }: Attempt,
): Promise<SignIn> {
  const key = `${deviceId} ${username.toLowerCase()}`
  let wasLocked = false
  const counted = await storage.updateSignInFailures(key, (before) => {
    wasLocked = isLocked(before, now)
    return wasLocked ? before : afterFailure(before, now)
  })
  const [staff] = (await storage.find('staffByUsername', [username])) as readonly Staff[]
  const verifier = staff?.isActive === true ? staff.verifier : null
  const isRight = await passwords.isRight(verifier, password)
  if (wasLocked) return locked(counted?.lockedUntil ?? now)
  if (isRight && staff !== undefined) {
    await storage.updateSignInFailures(key, () => null)
    return { outcome: 'signed-in', staff, lockedUntil: null }
  }
  return isLocked(counted, now)
    ? locked(counted?.lockedUntil ?? now)
    : { outcome: 'wrong-name-or-password', staff: null, lockedUntil: null }
}

const locked = (lockedUntil: number): SignIn => ({ outcome: 'locked', staff: null, lockedUntil })
