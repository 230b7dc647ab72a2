/** The city library and Nanshan, a desk in each, both in touch with the server. */
import { startCity } from './city.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import { DeskPage } from './pages/desk-page.ts'

export interface TwoDesks {
  readonly city: RunningCity
  /** At 深圳图书馆. */
  readonly a: DeskPage
  readonly deskA: RunningDesk
  /** At 南山图书馆. */
  readonly b: DeskPage
  readonly deskB: RunningDesk
}

/** `staffA` and `staffB` are accounts of the sample city. */
export async function startTwoDesks(staffA: string, staffB: string): Promise<TwoDesks> {
  const city = await startCity()
  const deskA = await city.startDesk('A')
  const a = new DeskPage(await deskA.open())
  const deskB = await city.startDesk('B')
  const b = new DeskPage(await deskB.open())
  await a.signIn(staffA)
  await b.signIn(staffB)
  await a.connection('online')
  await b.connection('online')
  return { city, a, deskA, b, deskB }
}
