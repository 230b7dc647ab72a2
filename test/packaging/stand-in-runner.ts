/** Runs the built main process with the stand-in under the name `electron`. */
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const standIn = new URL('stand-in-electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})
await import(pathToFileURL(process.argv[2] ?? '').href)
