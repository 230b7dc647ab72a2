/**
 * `npm run package`: installers of the desk for this platform, into out/.
 * Electron's own binary is fetched by electron-builder where it is not there yet.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildElectron } from './build-electron.ts'
import { writeFakeElectronDist } from './fake-electron-dist.ts'
import { npmRun, program, root, succeeds } from './steps.ts'

const help = `npm run package -- [options]
  --out DIR        where the packages go (default: out)
  --dir            an unpacked folder instead of an installer
  --e2e            a build that tests may drive: differs from a release by one fuse
  --fake-dist      an unpacked folder around a stand-in for Electron's binary: needs no network
  --without-pages  do not build the pages (tests of the package itself)`

interface PackageOptions {
  readonly out: string
  readonly isFolder: boolean
  readonly isForTests: boolean
  readonly isFake: boolean
  readonly buildsPages: boolean
}

function readOptions(args: readonly string[]): PackageOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string', default: join(root, 'out') },
      dir: { type: 'boolean', default: false },
      e2e: { type: 'boolean', default: false },
      'fake-dist': { type: 'boolean', default: false },
      'without-pages': { type: 'boolean', default: false },
    },
  })
  return {
    out: resolve(values.out),
    isFolder: values.dir || values['fake-dist'],
    isForTests: values.e2e,
    isFake: values['fake-dist'],
    buildsPages: !values['without-pages'],
  }
}

/** Arguments of electron-builder; what stays the same is in electron-builder.yml. */
function builderArguments({ out, isFolder, isForTests, isFake }: PackageOptions): string[] {
  const args = ['--config', 'electron-builder.yml', '--publish', 'never']
  args.push(`-c.directories.output=${out}`)
  if (isFolder) args.push(...(isFake ? ['--linux', 'dir'] : ['--dir']))
  if (isFake) args.push(`-c.electronDist=${join(out, 'fake-electron')}`)
  if (isForTests) args.push('-c.electronFuses.enableNodeCliInspectArguments=true')
  return args
}

async function packageDesk(options: PackageOptions): Promise<boolean> {
  if (options.buildsPages && !(await succeeds(npmRun('build')))) return false
  if (!(await buildElectron())) return false
  if (options.isFake) writeFakeElectronDist(join(options.out, 'fake-electron'))
  return succeeds(program('electron-builder', ...builderArguments(options)))
}

if (process.argv.includes('--help')) console.log(help)
else process.exitCode = (await packageDesk(readOptions(process.argv.slice(2)))) ? 0 : 1
