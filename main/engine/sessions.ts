/**
 * Who is signed in at this desk. One session a desk; it survives a restart of the engine under the
 * same shell, never a restart of the shell.
 */
import { z } from 'zod'
import type { AnswerOf } from '../../contract/queries.ts'
import { worksAt } from '../../domain/policy/works-at.ts'
import type { Staff } from '../../domain/records.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import { Lockout, afterFailure, leftOf, notLocked } from './lockout.ts'
import type { Performer } from './perform.ts'
import type { Stores } from './stores.ts'
import { isPassword } from './verify-password.ts'

const StoredSession = z.strictObject({ shellId: z.string(), staffId: z.string(), at: z.number() })

export interface Sessions {
  readonly staff: () => Staff | null
  /** Who performs and where, or null before sign-in. */
  readonly performer: () => Performer | null
  readonly signIn: (username: string, password: string) => Promise<AnswerOf<'sign-in'>>
  readonly signOut: () => void
  /** Checks a second person without signing anyone in; null where name or password is wrong. */
  readonly confirm: (username: string, password: string) => Promise<Staff | null>
}

export interface SessionDeps {
  readonly stores: Stores
  readonly clock: Clock
  readonly announcer: Announcer
  /** Names this run of the shell. */
  readonly shellId: string
}

/** `elapsed`: ms since the machine started, a clock that nobody can set. */
export function createSessions(deps: SessionDeps, elapsed: () => number): Sessions {
  return new DeskSessions(deps, elapsed)
}

class DeskSessions implements Sessions {
  readonly #deps: SessionDeps
  readonly #elapsed: () => number
  #staffId: string | null
  /** The check before this one: side by side, many guesses would count as one failure. */
  #lastCheck: Promise<unknown> = Promise.resolve()

  constructor(deps: SessionDeps, elapsed: () => number) {
    this.#deps = deps
    this.#elapsed = elapsed
    this.#staffId = this.#restored()
  }

  staff = (): Staff | null => {
    if (this.#staffId === null) return null
    const row = this.#deps.stores.replica.row('staff', this.#staffId)
    return row?.isActive === true && this.#isOfThisBranch(row) ? row : null
  }

  performer = (): Performer | null => {
    const row = this.staff()
    const branchId = this.#deps.stores.outbox.identity()?.branchId
    if (row === null || branchId === undefined) return null
    return { staffId: row.id, role: row.role, branchId }
  }

  signIn = async (username: string, password: string): Promise<AnswerOf<'sign-in'>> => {
    // A desk without its records knows nobody: to call the password wrong would be untrue.
    if (this.#deps.stores.replica.row('policy', 'city') === null) {
      return { outcome: 'unknown-offline', lockedUntil: null }
    }
    const found = await this.#guarded(username, password)
    const isHere = found !== null && found !== 'locked' && this.#isOfThisBranch(found)
    const outcome =
      found === 'locked'
        ? 'locked'
        : found === null
          ? 'wrong-name-or-password'
          : isHere
            ? 'signed-in'
            : 'other-branch'
    this.#audit('sign-in', found === null || found === 'locked' ? null : found.id, outcome)
    if (found === 'locked') return { outcome, lockedUntil: this.#lockedUntil(username) }
    if (found === null || !isHere) return { outcome, lockedUntil: null }
    this.#staffId = found.id
    const { stores, clock, announcer, shellId } = this.#deps
    const session = { shellId, staffId: found.id, at: clock.now() }
    stores.outbox.saveSetting('session', JSON.stringify(session))
    announcer.announce('session', { isSignedIn: true })
    return { outcome, lockedUntil: null }
  }

  signOut = (): void => {
    this.#audit('sign-out', this.#staffId, 'done')
    this.#staffId = null
    this.#deps.stores.outbox.saveSetting('session', null)
    this.#deps.announcer.announce('session', { isSignedIn: false })
  }

  confirm = async (username: string, password: string): Promise<Staff | null> => {
    const found = await this.#guarded(username, password)
    const isHere = found !== null && found !== 'locked' && this.#isOfThisBranch(found)
    const second = isHere ? found : null
    const result =
      found === 'locked'
        ? 'locked'
        : found === null
          ? 'wrong-name-or-password'
          : isHere
            ? 'done'
            : 'other-branch'
    this.#audit('second-person', this.#staffId, result, second?.id ?? null)
    return second
  }

  /** B1. A desk that knows no branch yet asks nobody where they work. */
  #isOfThisBranch(staff: Staff): boolean {
    const branchId = this.#deps.stores.outbox.identity()?.branchId
    return branchId === undefined || worksAt(staff, branchId)
  }

  #restored(): string | null {
    const text = this.#deps.stores.outbox.setting('session')
    if (text === null) return null
    const session = StoredSession.safeParse(JSON.parse(text))
    const isOurs = session.success && session.data.shellId === this.#deps.shellId
    return isOurs ? session.data.staffId : null
  }

  #guarded(username: string, password: string): Promise<Staff | 'locked' | null> {
    const check = this.#lastCheck.then(() => this.#checkOnce(username, password))
    this.#lastCheck = check.catch(() => undefined)
    return check
  }

  async #checkOnce(username: string, password: string): Promise<Staff | 'locked' | null> {
    const lockout = this.#lockoutOf(username)
    const elapsedMs = this.#elapsed()
    const leftMs = leftOf(lockout, elapsedMs)
    if (leftMs > 0) {
      // Counted down where it stands: the next start of the machine begins at what is left.
      this.#saveLockout(username, { ...lockout, leftMs, elapsedMs })
      return 'locked'
    }
    const found = await this.#check(username, password)
    this.#saveLockout(username, found === null ? afterFailure(lockout, elapsedMs) : null)
    return found
  }

  async #check(username: string, password: string): Promise<Staff | null> {
    const [found] = this.#deps.stores.replica.find('staffByUsername', [username])
    const known = found?.isActive === true ? found : null
    const isRight = await isPassword(known?.verifier ?? '', password)
    return isRight ? known : null
  }

  /** What an earlier program wrote says no more than that there was one: it begins anew. */
  #lockoutOf(username: string): Lockout {
    const text = this.#deps.stores.outbox.setting(`lockout:${username}`)
    if (text === null) return notLocked
    const stored = Lockout.safeParse(JSON.parse(text))
    return stored.success ? stored.data : notLocked
  }

  #lockedUntil(username: string): number {
    return this.#deps.clock.now() + leftOf(this.#lockoutOf(username), this.#elapsed())
  }

  #saveLockout(username: string, lockout: Lockout | null): void {
    const text = lockout === null ? null : JSON.stringify(lockout)
    this.#deps.stores.outbox.saveSetting(`lockout:${username}`, text)
  }

  #audit(
    action: string,
    staffId: string | null,
    result: string,
    subject: string | null = null,
  ): void {
    const { stores, clock } = this.#deps
    stores.outbox.audit({ at: clock.now(), staffId, action, subject, result })
  }
}
