import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { z } from 'zod'

export const root = join(import.meta.dirname, '..')

/** One program to run to its end. `counts`: a Vitest run, whose tests are counted. */
export type Step = { name: string; command: readonly string[]; counts: boolean }

/** `files` and `tests` are 0 for a step that is not a Vitest run. */
export type StepReport = { name: string; ms: number; files: number; tests: number; skipped: number }

/** The program that a package of node_modules installs, run by this Node: no shell, no `.cmd`. */
export function program(packageName: string, ...args: string[]): string[] {
  const require = createRequire(import.meta.url)
  const manifestPath = join(root, 'node_modules', packageName, 'package.json')
  const { bin } = Manifest.parse(require(manifestPath))
  const file = typeof bin === 'string' ? bin : (bin[packageName] ?? Object.values(bin)[0])
  if (file === undefined) throw new Error(`${packageName} installs no program`)
  return [process.execPath, join(dirname(manifestPath), file), ...args]
}

/** A script of package.json, by the npm that runs us. */
export function npmRun(script: string): string[] {
  const npm = process.env['npm_execpath']
  return npm === undefined ? ['npm', 'run', script] : [process.execPath, npm, 'run', script]
}

export function vitest(name: string, ...args: string[]): Step {
  return { name, command: program('vitest', 'run', ...args), counts: true }
}

/** Runs the steps in order. `null` after the first that fails; its own output has said why. */
export async function runSteps(steps: readonly Step[]): Promise<StepReport[] | null> {
  const reports: StepReport[] = []
  for (const step of steps) {
    console.log(`\n── ${step.name}`)
    const report = await runStep(step)
    if (report === null) {
      console.error(`\nStopped at: ${step.name}`)
      return null
    }
    reports.push(report)
    console.log(`   ${step.name}: ${seconds(report.ms)}`)
  }
  return reports
}

/** `Passed: 5 steps, 812 tests in 96 files (3 skipped), 48.2 s.` */
export function closingLine(reports: readonly StepReport[]): string {
  const sum = (of: (report: StepReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0)
  const parts = reports
    .filter(({ tests }) => tests > 0)
    .map(({ name, tests }) => `${name} ${tests}`)
  const skipped = sum((report) => report.skipped)
  return (
    `Passed: ${reports.length} steps, ${sum((report) => report.tests)} tests in ` +
    `${sum((report) => report.files)} files (${parts.join(', ')}; ${skipped} skipped), ` +
    `${seconds(sum((report) => report.ms))}.`
  )
}

async function runStep({ name, command, counts }: Step): Promise<StepReport | null> {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-steps-'))
  const resultFile = join(folder, 'result.json')
  const extra = counts
    ? ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`]
    : []
  try {
    const startedMs = performance.now()
    const passed = await succeeds([...command, ...extra])
    const ms = performance.now() - startedMs
    if (!passed) return null
    if (!counts) return { name, ms, files: 0, tests: 0, skipped: 0 }
    const result = VitestResult.parse(JSON.parse(readFileSync(resultFile, 'utf8')))
    const { testResults, numPassedTests, numPendingTests } = result
    // A run that saw no test proves nothing; it fails like a red one.
    if (numPassedTests === 0) return null
    return { name, ms, files: testResults.length, tests: numPassedTests, skipped: numPendingTests }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs one program in the root of the repository, its output in ours. */
export function succeeds([file, ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (file === undefined) throw new Error('a step with no program')
    const child = spawn(file, args, { cwd: root, stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

const Manifest = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })

const VitestResult = z.object({
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.unknown()),
})
