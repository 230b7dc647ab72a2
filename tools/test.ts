/** `npm test`: everything, on this machine, with nothing set up beforehand but Node and npm. */
import { findBrowser } from './find-browser.ts'
import type { Browser } from './find-browser.ts'
import { installBrowser } from './install-browser.ts'
import { closingLine, npmRun, runSteps, vitest } from './steps.ts'
import { verifySteps } from './verify-steps.ts'

async function browserForTests(): Promise<Browser | null> {
  const found = findBrowser()
  if (found !== null) {
    console.log(`Acceptance tests will use ${found.name}: ${found.path}`)
    return found
  }
  return await installBrowser()
}

/** Some states of `npm run power-cut`, in a few seconds. */
const powerCutSmoke = ['test/power-cut/power-cut.ts', '--states', '150', '--operations', '200']

const browser = await browserForTests()
if (browser === null) {
  process.exitCode = 1
} else {
  process.env['CITYDESK_BROWSER'] = browser.path
  const reports = await runSteps([
    ...verifySteps,
    vitest('programs', '--project', 'programs'),
    { name: 'power cut', command: [process.execPath, ...powerCutSmoke], counts: false },
    vitest('postgres', '--project', 'postgres'),
    { name: 'build', command: npmRun('build'), counts: false },
    vitest('acceptance', '--project', 'acceptance'),
  ])
  if (reports === null) process.exitCode = 1
  else console.log(`\n${closingLine(reports)}`)
}
