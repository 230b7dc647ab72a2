import { posix } from 'node:path'

import { arrows, packagesOf, soleImporters, zones } from './arrows.ts'
import type { Zone } from './arrows.ts'
import { importsOf, isBarrel } from './imports.ts'
import type { Import } from './imports.ts'

/** Path from the root of the repository, with `/`, → text. */
export type Sources = ReadonlyMap<string, string>

export type Violation = { path: string; line: number; says: string }

/** Every breach of the arrow table and its companions. Pure: the test feeds it planted files as well as the real ones. */
export function checkLayers(sources: Sources, packageNames: ReadonlySet<string>): Violation[] {
  const found: Violation[] = []
  const graph = new Map<string, string[]>()
  const importersByPackage = new Map<string, Set<string>>()

  for (const [path, source] of sources) {
    const zone = zoneOf(path)
    if (zone === null) continue
    if (zone !== 'test' && isBarrel(path, source))
      found.push({ path, line: 1, says: 'a barrel: import the file that defines the name' })
    const edges: string[] = []
    for (const each of importsOf(path, source)) {
      const says = judge(path, zone, each, packageNames)
      if (says !== null) found.push({ path, line: each.line, says })
      if (each.specifier === null) continue
      if (!isRelative(each.specifier)) {
        if (!isTestFile(path))
          entry(importersByPackage, packageName(each.specifier), () => new Set()).add(path)
      } else if (each.form !== 'worker') edges.push(resolve(path, each.specifier))
    }
    graph.set(path, edges)
  }
  return [...found, ...crowded(importersByPackage), ...cycles(graph)]
}

/** Sources outside every zone. Root files that a tool looks for by name are all that may be there. */
export function homeless(sources: Sources): string[] {
  return [...sources.keys()].filter(
    (path) => zoneOf(path) === null && !/^[\w.-]+\.config\.ts$/.test(path),
  )
}

/** Folders of the tree in which `sources` holds nothing but tests, or nothing at all. */
export function unseen(sources: Sources, folders: readonly string[]): string[] {
  const paths = [...sources.keys()]
  return folders.filter(
    (folder) =>
      !paths.some(
        (path) =>
          path.startsWith(`${folder}/`) && (folder.startsWith('test/') || !isTestFile(path)),
      ),
  )
}

/** The zone of a path; `null` for a file outside the tree. A test is of zone `test` wherever it lies. */
export function zoneOf(path: string): Zone | null {
  if (isTestFile(path)) return 'test'
  return zones.find((zone) => path.startsWith(`${zone}/`)) ?? null
}

export function isTestFile(path: string): boolean {
  return path.startsWith('test/') || /\.(test|spec)\.tsx?$/.test(path)
}

function judge(
  path: string,
  zone: Zone,
  { specifier, form }: Import,
  packageNames: ReadonlySet<string>,
): string | null {
  if (specifier === null)
    return zone === 'test' || zone === 'tools' ? null : 'imports a path that it computes'
  return isRelative(specifier)
    ? judgeRelative(path, zone, specifier, form)
    : judgePackage(path, zone, specifier, packageNames)
}

function judgeRelative(
  path: string,
  zone: Zone,
  specifier: string,
  form: Import['form'],
): string | null {
  const target = resolve(path, specifier)
  if (!/\.(tsx?|json|css|sql|svg|html|mjs)$/.test(target))
    return `'${specifier}' lacks its extension`
  const targetZone = zoneOf(target)
  if (targetZone === null) {
    return target.endsWith('package.json') || zone === 'test' || zone === 'tools'
      ? null
      : `'${specifier}' is outside the tree`
  }
  if (targetZone === zone) return zone === 'renderer' ? judgeRenderer(path, target) : null
  if (targetZone === 'test') return `nothing imports test: '${specifier}'`
  if (arrows[zone].includes(targetZone)) return null
  return `${zone} may not import ${targetZone} (${form}); allowed: ${arrows[zone].join(', ') || 'nothing'}`
}

/** Rooms inside the renderer: features do not know each other; `ui` and `language` do not know features. */
function judgeRenderer(path: string, target: string): string | null {
  const [, room, feature] = path.split('/')
  const [, targetRoom, targetFeature] = target.split('/')
  if (room === 'features' && targetRoom === 'features' && feature !== targetFeature)
    return `feature ${feature} may not import its sibling ${targetFeature}`
  if ((room === 'ui' || room === 'language') && (targetRoom === 'features' || targetRoom === 'app'))
    return `renderer/${room} may not import renderer/${targetRoom}`
  return null
}

function judgePackage(
  path: string,
  zone: Zone,
  specifier: string,
  packageNames: ReadonlySet<string>,
): string | null {
  if (/^(\/|file:|#|@\/|~)/.test(specifier)) return `'${specifier}': relative imports only`
  const name = packageName(specifier)
  const allowed = packagesOf[zone]
  const isConfig = path.endsWith('.config.ts')
  if (allowed !== null && !isConfig && !allowed.includes(name))
    return `${zone} may not import the package ${name}`
  if (!name.startsWith('node:') && !packageNames.has(name))
    return `${name} is not in package.json (a node module is written node:${name})`
  const sole = soleImporters[name]
  if (sole !== undefined && zone !== 'test' && !sole.files.test(path))
    return `${name} is imported here; ${sole.says} may`
  return null
}

function crowded(importersByPackage: ReadonlyMap<string, ReadonlySet<string>>): Violation[] {
  return Object.entries(soleImporters).flatMap(([name, { filesMax, says }]) => {
    const importers = [...(importersByPackage.get(name) ?? [])]
    return importers.slice(filesMax).map((path) => ({
      path,
      line: 1,
      says: `${name} has ${importers.length} importers; ${says}`,
    }))
  })
}

/** Strongly connected components of more than one file, or a file that imports itself (Tarjan). */
function cycles(graph: ReadonlyMap<string, readonly string[]>): Violation[] {
  const indexOf = new Map<string, number>()
  const lowOf = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const found: Violation[] = []

  const visit = (path: string): void => {
    const index = indexOf.size
    indexOf.set(path, index)
    lowOf.set(path, index)
    stack.push(path)
    onStack.add(path)
    for (const next of graph.get(path) ?? []) {
      if (!graph.has(next)) continue
      if (!indexOf.has(next)) visit(next)
      if (onStack.has(next))
        lowOf.set(path, Math.min(lowOf.get(path) ?? index, lowOf.get(next) ?? index))
    }
    if (lowOf.get(path) !== index) return
    const ring = stack.splice(stack.indexOf(path))
    for (const each of ring) onStack.delete(each)
    if (ring.length > 1 || graph.get(path)?.includes(path) === true)
      found.push({ path, line: 1, says: `import cycle: ${ring.toSorted().join(' · ')}` })
  }
  for (const path of graph.keys()) if (!indexOf.has(path)) visit(path)
  return found
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('./') || specifier.startsWith('../')
}

/** `./x.css?inline` → `renderer/ui/x.css` */
function resolve(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''))
}

/** `@scope/name/deep` → `@scope/name`; `node:fs/promises` → `node:fs` */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const present = map.get(key)
  if (present !== undefined) return present
  const created = create()
  map.set(key, created)
  return created
}
