/**
 * The machine of the lab: a Debian kernel under QEMU, with nothing in it but busybox, this Node, and
 * our device layer with the real node-hid. Everything comes from Debian's packages.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { CpioArchive } from './cpio-archive.ts'

const root = join(import.meta.dirname, '../..')
/** Outside the tree: the kernel is unpacked once, whatever is cleaned. */
const store = process.env['CITYDESK_LAB_FOLDER'] ?? join(homedir(), '.cache/citydesk/hid-lab')
const downloads = join(store, 'downloads')
const kernel = join(store, 'kernel')
const busybox = join(store, 'busybox/bin/busybox')

/** What the guest loads, with what these need: HID over /dev/uhid, then USB of its own making. */
const MODULES = [
  'hid',
  'uhid',
  'hid-generic',
  'evdev',
  'usbhid',
  'dummy_hcd',
  'libcomposite',
  'usb_f_hid',
]

const QEMU = 'qemu-system-x86_64'

const hasProgram = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, name)))

/** Why the lab cannot run here, null where it can; fetches what it needs where it may. */
export const prepareLab = (): string | null => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'not linux on x64'
  if (!hasProgram(QEMU)) return 'no qemu'
  if (!hasProgram('apt-get') || !hasProgram('dpkg-deb')) return 'no Debian packages'
  try {
    fetchLab()
    return null
  } catch (error) {
    return `no kernel: ${error instanceof Error ? error.message : String(error)}`
  }
}

const isFetched = (): boolean => existsSync(join(kernel, 'boot')) && existsSync(busybox)

/** Gets the kernel and busybox from Debian and unpacks them, installing nothing. */
const fetchLab = (): void => {
  if (isFetched()) return
  mkdirSync(downloads, { recursive: true })
  const depends = execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8' })
  const image = /Depends: (linux-image-\d\S+)/.exec(depends)?.[1]
  if (image === undefined) throw new Error('apt-cache names no kernel: run apt-get update first')
  for (const [name, into] of [
    [image, kernel],
    ['busybox-static', join(store, 'busybox')],
  ] as const) {
    const isPackage = (file: string): boolean => file.startsWith(`${name}_`)
    if (!readdirSync(downloads).some(isPackage)) {
      execFileSync('apt-get', ['download', '-qq', name], { cwd: downloads, stdio: 'inherit' })
    }
    const file = readdirSync(downloads).find(isPackage)
    if (file === undefined) throw new Error(`apt-get brought no ${name}`)
    execFileSync('dpkg-deb', ['-x', join(downloads, file), into])
  }
}

const modulesOf = (): readonly string[] => {
  const folder = join(kernel, 'lib/modules')
  const version = readdirSync(folder).at(0)
  if (version === undefined) throw new Error('the kernel came without modules')
  const files = readdirSync(join(folder, version, 'kernel'), { recursive: true, encoding: 'utf8' })
  const named = (name: string): string => name.replaceAll('-', '_')
  const filesByName = new Map(
    files
      .filter((file) => file.endsWith('.ko'))
      .map((file) => [named(basename(file, '.ko')), join(folder, version, 'kernel', file)]),
  )
  const ordered: string[] = []
  const add = (name: string): void => {
    const file = filesByName.get(named(name))
    // Not there: built into the kernel.
    if (file === undefined || ordered.includes(file)) return
    const depends = /\0depends=([^\0]*)/.exec(readFileSync(file, 'latin1'))?.[1] ?? ''
    for (const needed of depends.split(',')) add(needed)
    ordered.push(file)
  }
  for (const name of MODULES) add(name)
  return ordered
}

const INIT = `#!/bin/busybox sh
export PATH=/bin
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox mount -t tmpfs tmp /tmp
/bin/busybox --install -s /bin
for module in $(cat /modules/order); do insmod /modules/$module; done
mount -t configfs none /sys/kernel/config
for word in $(cat /proc/cmdline); do case $word in cases=*) CASES=\${word#cases=};; esac; done
cd /app
# One thread of the pool for each emulated device: reading /dev/uhid blocks.
export UV_THREADPOOL_SIZE=32
node test/hid-lab/guest/lab.ts "$CASES"
sync
poweroff -f
`

const librariesOf = (file: string): readonly string[] =>
  [...execFileSync('ldd', [file], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].flatMap(
    (match) => match[1] ?? [],
  )

/** The part of this repository that runs in the guest. */
const isWanted = (path: string): boolean => /\.(ts|json)$/.test(path) && !path.includes('.test.')

const buildImage = (image: string): void => {
  const archive = new CpioArchive(image)
  for (const folder of ['dev', 'proc', 'sys', 'tmp', 'bin', 'etc']) archive.folder(folder)
  archive.file('init', INIT, true)
  archive.file('etc/passwd', 'root:x:0:0::/:/bin/sh\nstaff:x:1000:1000::/:/bin/sh\n')
  archive.file('bin/busybox', readFileSync(busybox), true)
  const node = realpathSync(process.execPath)
  archive.file('bin/node', readFileSync(node), true)
  const native = join(root, 'node_modules/node-hid/prebuilds/HID_hidraw-linux-x64')
  const addon = readdirSync(native).find((file) => file.endsWith('.node')) ?? ''
  for (const library of new Set([node, join(native, addon)].flatMap(librariesOf))) {
    archive.file(library.slice(1), readFileSync(realpathSync(library)), true)
  }
  const modules = modulesOf()
  for (const file of modules) archive.file(`modules/${basename(file)}`, readFileSync(file))
  archive.file('modules/order', modules.map((file) => basename(file)).join('\n'))
  for (const folder of ['devices', 'domain', 'test/hid-lab/guest']) {
    archive.tree(join(root, folder), `app/${folder}`, isWanted)
  }
  archive.file('app/package.json', '{"type":"module"}')
  for (const name of ['node-hid', 'pkg-prebuilds', 'zod']) {
    const from = realpathSync(join(root, 'node_modules', name))
    const isForGuest = (path: string): boolean =>
      !path.startsWith('hidapi/') &&
      !path.endsWith('.map') &&
      (!path.startsWith('prebuilds/') || /^prebuilds\/HID(_hidraw)?-linux-x64\//.test(path))
    archive.tree(from, `app/node_modules/${name}`, isForGuest)
  }
  archive.close()
}

export interface LabLine {
  readonly case: string
  readonly ok: boolean
  /** Figures and what was seen; free form, for people. */
  readonly seen: Readonly<Record<string, unknown>>
}

export interface LabRun {
  readonly lines: readonly LabLine[]
  /** Everything the guest printed. */
  readonly console: string
  readonly isWhole: boolean
}

/** Builds the image, boots it, and answers what the cases found. */
export const runLab = async (cases: 'all' | 'short', limitMs: number): Promise<LabRun> => {
  const image = join(store, `initramfs-${process.pid}.img`)
  buildImage(image)
  const vmlinuz = readdirSync(join(kernel, 'boot')).find((file) => file.startsWith('vmlinuz-'))
  // Time in the guest is counted in instructions, two nanoseconds each, and idle time is skipped: a
  // busy host makes the run longer, and no timer inside it late. One old processor, because newer
  // instructions are slow to emulate.
  const machine = ['-accel', 'tcg,thread=single', '-icount', 'shift=1,sleep=off']
  const parts = ['-cpu', 'Nehalem', '-smp', '1', '-m', '1G']
  const ends = ['-display', 'none', '-no-reboot', '-nodefaults', '-serial', 'stdio']
  const words =
    'console=ttyS0 quiet loglevel=3 panic=-1 tsc=reliable no_timer_check mitigations=off'
  const boot = ['-kernel', join(kernel, 'boot', vmlinuz ?? ''), '-initrd', image]
  const child = spawn(
    QEMU,
    [...machine, ...parts, ...ends, ...boot, '-append', `${words} cases=${cases}`],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  let printed = ''
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString('utf8')))
  child.stderr.on('data', (bytes: Buffer) => (printed += bytes.toString('utf8')))
  await new Promise<void>((done) => child.on('close', () => done()))
  clearTimeout(timer)
  rmSync(image)
  const lines = [...printed.matchAll(/^LAB (.+?)\r?$/gm)].flatMap((match) =>
    match[1] === undefined ? [] : [JSON.parse(match[1]) as LabLine],
  )
  return { lines, console: printed, isWhole: printed.includes('LAB-END') }
}
