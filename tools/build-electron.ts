/** Builds the Electron shell into dist/electron: main process, engine, device host, bridge. */
import { join } from 'node:path'
import { program, root, succeeds } from './steps.ts'

/** False where a build failed; its own output has said why. `folder` defaults to dist/electron. */
export async function buildElectron(
  folder: string = join(root, 'dist', 'electron'),
): Promise<boolean> {
  // The second adds to the folder that the first has emptied.
  for (const config of ['main/electron/vite.config.ts', 'preload/vite.config.ts']) {
    const args = ['build', '--config', config, '--outDir', folder, '--logLevel', 'warn']
    if (!(await succeeds(program('vite', ...args)))) return false
  }
  return true
}
