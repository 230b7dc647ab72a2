/** `npm run hid-lab [-- --short]`: the device layer against a real kernel. */
import { prepareLab, runLab } from './lab-machine.ts'

const LIMIT_MS = 900_000

const missing = prepareLab()
if (missing !== null) {
  console.log(`skipped: ${missing}`)
} else {
  const startedAt = Date.now()
  const {
    lines,
    console: printed,
    isWhole,
  } = await runLab(process.argv.includes('--short') ? 'short' : 'all', LIMIT_MS)
  for (const line of lines) {
    console.log(`${line.ok ? 'ok    ' : 'FAILED'} ${line.case}  ${JSON.stringify(line.seen)}`)
  }
  const failed = lines.filter((line) => !line.ok).length
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(`${lines.length} cases, ${failed} failed, ${seconds} s`)
  if (!isWhole) console.log(printed.slice(-4_000))
  process.exitCode = failed === 0 && isWhole ? 0 : 1
}
