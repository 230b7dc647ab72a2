import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const adoptedStyles = fileURLToPath(new URL('./app/adopted-styles.ts', import.meta.url))

/**
 * antd writes its CSS variables into `<style>` elements, which the policy `style-src 'self'` refuses.
 * The two modules that do so are replaced by one that adopts constructed style sheets instead.
 */
function stylesWithoutElements(): Plugin {
  return {
    name: 'styles-without-elements',
    enforce: 'pre',
    resolveId(source, importer) {
      const isVariables = /\/dynamicCSS(?:\.js)?$/.test(source)
      const isIcons =
        /\/cssUtils(?:\.js)?$/.test(source) &&
        importer?.replaceAll('\\', '/').includes('@ant-design/icons') === true
      return isVariables || isIcons ? adoptedStyles : null
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [stylesWithoutElements(), react()],
  optimizeDeps: { rolldownOptions: { plugins: [stylesWithoutElements()] } },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    sourcemap: false,
    target: 'chrome140',
    // A data: address would break the policy `img-src 'self' blob:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
  },
})
