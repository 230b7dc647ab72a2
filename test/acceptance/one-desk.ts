/** The city library's desk alone, in touch with the server. */
import { startCity } from './city.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import { DeskPage } from './pages/desk-page.ts'

export interface OneDesk {
  readonly city: RunningCity
  readonly desk: DeskPage
  readonly running: RunningDesk
}

/** `staff` is an account of the sample city. */
export async function startOneDesk(staff: string): Promise<OneDesk> {
  const city = await startCity()
  const running = await city.startDesk('A')
  const desk = new DeskPage(await running.open())
  await desk.signIn(staff)
  await desk.connection('online')
  return { city, desk, running }
}
