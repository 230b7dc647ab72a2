import { createContext, useContext, useEffect, useRef } from 'react'
import type { Desk } from '../../contract/desk-api.ts'
import type { Tone } from './desk-api.ts'
import type { ScanFeed, ScanHolds, TakeScan } from './scan-feed.ts'

export interface Services {
  readonly desk: Desk
  readonly feed: ScanFeed
  readonly holds: ScanHolds
  readonly play: (tone: Tone) => void
}

const ServicesContext = createContext<Services | null>(null)
export const ServicesProvider = ServicesContext.Provider

export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (services === null) throw new Error('ServicesProvider is missing')
  return services
}

/** This screen's scans; `take` answers whether the scan was meant for it. */
export function useScans(take: TakeScan): void {
  const { feed } = useServices()
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => feed.consume((scan) => latest.current(scan)), [feed])
}

/** While true, scans wait in the engine, in order. */
export function useHeldScans(isHeld: boolean): void {
  const { holds } = useServices()
  useEffect(() => (isHeld ? holds.hold() : undefined), [holds, isHeld])
}
