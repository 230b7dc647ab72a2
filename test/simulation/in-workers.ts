/** Seeds over several processes: one line of JSON comes back for each. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import type { SimulationResult } from './run.ts'

const program = join(import.meta.dirname, 'simulate.ts')

/** `take` answers whether to go on. */
export async function inWorkers(
  {
    workers,
    seeds,
    from,
  }: { readonly workers: number; readonly seeds: number; readonly from: number },
  options: readonly string[],
  take: (result: SimulationResult) => boolean,
): Promise<void> {
  let isOver = false
  const children = Array.from({ length: workers }, (_, index) => {
    const count = Math.ceil((seeds - index) / workers)
    const args = [
      program,
      '--worker',
      `--from=${from + index}`,
      `--every=${workers}`,
      `--seeds=${count}`,
    ]
    return spawn(process.execPath, [...args, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  })
  const done = children.map(async (child) => {
    const ended = once(child, 'exit') as Promise<[number | null]>
    for await (const line of createInterface({ input: child.stdout })) {
      if (isOver || !line.startsWith('{')) continue
      if (take(JSON.parse(line) as SimulationResult)) continue
      isOver = true
      for (const other of children) other.kill()
    }
    const [code] = await ended
    if (code !== 0 && !isOver) throw new Error(`a worker ended with ${code}`)
  })
  await Promise.all(done)
}
