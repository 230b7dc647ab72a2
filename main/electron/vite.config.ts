import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/** They find their `.node` files beside their own sources, and stay packages. */
const nativePackages = ['better-sqlite3', 'node-hid', '@node-rs/argon2']

/**
 * A process or a worker is started by `new URL('x.ts', import.meta.url)`. Each such file becomes an
 * entry of its own, `x.js`, in the one flat folder that all our chunks lie in.
 */
function startedFiles(): Plugin {
  const pattern = /new URL\(\s*'(\.{0,2}\/?[\w./-]+\.ts)',\s*import\.meta\.url,?\s*\)/g
  return {
    name: 'started-files',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('node_modules') || !pattern.test(code)) return null
      return code.replace(pattern, (_text, path: string) => {
        const file = resolve(dirname(id), path)
        const fileName = `${basename(file, '.ts')}.js`
        this.emitFile({ type: 'chunk', id: file, fileName })
        return `new URL('./${fileName}', import.meta.url)`
      })
    },
  }
}

export default defineConfig({
  root,
  plugins: [startedFiles()],
  ssr: { noExternal: true, external: nativePackages },
  build: {
    ssr: true,
    outDir: '../../dist/electron',
    emptyOutDir: true,
    copyPublicDir: false,
    sourcemap: false,
    // What support reads in a stack trace is what runs; size costs nothing on a local disk.
    minify: false,
    target: 'node24',
    rolldownOptions: {
      input: { main: join(root, 'main.ts'), 'engine-entry': join(root, 'engine-entry.ts') },
      external: ['electron', ...nativePackages],
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
})
