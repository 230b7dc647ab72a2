/** argon2id verification on the desk; the only import of the native package here. */
import { hash, verify } from '@node-rs/argon2'

/**
 * OWASP's floor is m=19 MiB, t=2; the reference measures 55 ms at m=64 MiB, t=3
 * (reference/security-reliability.md 5). Algorithm 2 is argon2id.
 */
const parameters = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const

export const makeVerifier = (password: string): Promise<string> => hash(password, parameters)

/** False for a wrong password and for a verifier that is not one. */
export async function isPassword(verifier: string, password: string): Promise<boolean> {
  if (!verifier.startsWith('$argon2id$')) {
    // The same time as a real check, so that an unknown name cannot be told from a wrong password.
    await hash(password, parameters)
    return false
  }
  return verify(verifier, password)
}
