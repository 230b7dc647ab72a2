/** `npm run verify`: the two-minute subset for each commit. */
import { closingLine, runSteps } from './steps.ts'
import { verifySteps } from './verify-steps.ts'

const reports = await runSteps(verifySteps)
if (reports === null) process.exitCode = 1
else console.log(`\n${closingLine(reports)}`)
