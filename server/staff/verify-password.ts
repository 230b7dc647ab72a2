/** The only import of argon2 on the server. 64 MiB and 3 passes: about 55 ms on a desk of 2026. */
import { hash, verify } from '@node-rs/argon2'

/** The package's algorithm is argon2id unless another is named. */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }

/** Each verification takes 64 MiB: a burst of sign-ins waits instead of taking the memory. */
const CONCURRENT_MAX = 2

export interface PasswordCheck {
  /** `verifier` null, for a name that nobody has, costs the same time and is false. */
  isRight(verifier: string | null, password: string): Promise<boolean>
}

export async function openPasswordCheck(): Promise<PasswordCheck> {
  const ofNobody = await hash('nobody has this password', cost)
  const waiting: (() => void)[] = []
  let running = 0
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= CONCURRENT_MAX) await new Promise<void>((go) => waiting.push(go))
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
  return {
    isRight: (verifier, password) =>
      inTurn(async () => {
        const isPassword = await verify(usable(verifier) ?? ofNobody, password)
        return isPassword && usable(verifier) !== null
      }),
  }
}

/** Staff without a password, or with one of another kind, cannot sign in; it takes as long. */
const usable = (verifier: string | null): string | null =>
  verifier?.startsWith('$argon2id$') === true ? verifier : null

export const passwordVerifier = (password: string): Promise<string> => hash(password, cost)
