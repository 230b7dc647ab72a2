/** One seed, from its first day to the end, with its troubles and its checks. */
import { healedBroken } from './healed-rules.ts'
import { Run } from './run.ts'
import type { RunOptions, SimulationResult } from './run.ts'
import { stackOf } from './stack-of.ts'
import { planTroubles } from './troubles.ts'

export async function simulate(seed: number, options: RunOptions = {}): Promise<SimulationResult> {
  const run = new Run(seed, options, { planTroubles, healedBroken })
  // What an event starts and nobody waits for is a defect as well.
  const onDefect = (error: unknown): void => run.broken([`defect: ${stackOf(error)}`])
  process.on('unhandledRejection', onDefect)
  try {
    await run.live()
  } catch (error) {
    onDefect(error)
  } finally {
    await run.close()
    process.off('unhandledRejection', onDefect)
  }
  return run.result()
}
