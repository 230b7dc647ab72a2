import { createContext, useContext } from 'react'
import type { AnswerOf } from '../../contract/queries.ts'
import type { Permission } from '../../domain/policy/roles.ts'

export type Session = AnswerOf<'session'>
export type SignedIn = Session & { readonly staff: NonNullable<Session['staff']> }

const SessionContext = createContext<SignedIn | null>(null)
export const SessionProvider = SessionContext.Provider

/** The session of the person who works here; only inside the signed-in part of the page. */
export function useSignedIn(): SignedIn {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('SessionProvider is missing')
  return session
}

export const useMay = (permission: Permission): boolean =>
  useSignedIn().staff.permissions.includes(permission)
