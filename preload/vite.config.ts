import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** A sandboxed preload script is one CommonJS file and may require nothing but `electron`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: '../dist/electron',
    // The folder is the main process's too; its build has emptied it.
    emptyOutDir: false,
    sourcemap: false,
    minify: false,
    target: 'chrome140',
    lib: { entry: 'bridge.ts', formats: ['cjs'], fileName: () => 'bridge.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
})
