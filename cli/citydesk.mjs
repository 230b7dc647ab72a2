#!/usr/bin/env node
// Plain JavaScript, so that any Node can start it; the program itself needs Node 24, which the
// `node` package brings along.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 24
const program = fileURLToPath(new URL('./citydesk.ts', import.meta.url))

if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) {
  await import('./citydesk.ts')
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const bundled = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url))
  if (!existsSync(bundled)) {
    console.error(`citydesk needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.version}`)
    process.exit(2)
  }
  const child = spawn(bundled, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1
    else process.kill(process.pid, signal)
  })
}
