/**
 * Desk A of the propagation bench, in a process of its own: `other-desk.ts ORDER-AS-JSON`. For each
 * `{lend}` it lends one item and tells when it was done on its screen and answered by the city.
 */
import { openBenchDesk } from './bench-desk.ts'
import type { BenchDeskOptions } from './bench-desk.ts'
import { now } from './shared-clock.ts'

export interface OtherDeskOrder extends BenchDeskOptions {
  readonly password: string
}
export interface Lend {
  readonly barcode: string
  readonly card: string
}
export interface Lent {
  /** ms of `now`, the same in all programs of this machine. */
  readonly doneAt: number
  readonly answeredAt: number
}

const { password, ...options } = JSON.parse(process.argv[2] ?? '') as OtherDeskOrder
const desk = await openBenchDesk(options)
await desk.until(() => {
  const { connection, isFilling } = desk.engine.sync.status()
  return connection === 'online' && !isFilling
})
await desk.signIn(password)
let told = (): void => undefined
desk.onChanged(() => told())

async function lend({ barcode, card }: Lend): Promise<Lent> {
  const answered = new Promise<number>((resolve) => {
    told = () => {
      if (desk.stores.outbox.pendingCount() === 0) resolve(now())
    }
  })
  await desk.act('loan.check-out', { barcode, card, dueOn: null })
  const doneAt = now()
  return { doneAt, answeredAt: await answered }
}

process.on('message', (order: Lend) => {
  void lend(order).then((lent) => process.send?.(lent))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
