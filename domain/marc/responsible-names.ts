/**
 * Who is named in a statement of responsibility: `(法)圣埃克苏佩里著`, `张三, 李四主编`,
 * `主编季野, 张西明...[等]`. Only names in hanzi are read, and of a group of writers without a name
 * (本书编写组) none is: cataloguers enter those or not.
 */

export interface ResponsibleName {
  /** Hanzi, and the marks that stand between the parts of a foreign name. */
  readonly name: string
  /** `法`, `明`: country or dynasty. */
  readonly origin: string | null
  readonly role: string | null
}

/** The longer ones first: 主编 is not 编. */
const ROLES =
  '副主编|总主编|执行主编|主编|编著|编译|编写|编纂|编绘|编选|编辑|改编|选编|汇编|校注|译注|注译|译校|点校|校点|整理|摄影|绘画|插图|插画|作曲|作词|演播|主演|演唱|导演|翻译|主译|撰文|撰稿|著绘|绘著|审校|主审|审订|口述|原著|编剧|著|编|译|绘|校|注|撰|辑|画'
const ROLE_AT_END = new RegExp(`[[(]?(?<role>${ROLES})[\\])]?$`, 'u')
const ROLE_AT_START = new RegExp(`^(?<role>${ROLES}|作者|编者|译者|著者)[::]?(?=.{2})`, 'u')
const ORIGIN = /^[[(](?<origin>\p{Script=Han}{1,6})[\])]/u
const AND_OTHERS = /(?:\.{2,}|…+)?\s*[[(]?等[\])]?$|\.{2,}|…+/u
const HAN_NAME = /^\p{Script=Han}[\p{Script=Han}·•‧∙.\-—]{1,29}$/u
const NAMELESS = /本书|本刊|编写组|编辑组|编委会|编辑部|编写委员会|编辑委员会/u

export function responsibleNames(statement: string): ResponsibleName[] {
  return statement
    .normalize('NFKC')
    .split(/[;；]/u)
    .flatMap((group) => namesOfGroup(group))
}

/** In `张三, 李四著` both did what stands behind the last. */
function namesOfGroup(group: string): ResponsibleName[] {
  const named = group.split(/[,，、]/u).flatMap(readName)
  let role: string | null = named.find((one) => one.isRoleFirst)?.role ?? null
  return named
    .toReversed()
    .map(({ name, origin, role: own }) => {
      role = own ?? role
      return { name, origin, role }
    })
    .toReversed()
}

function readName(part: string): (ResponsibleName & { readonly isRoleFirst: boolean })[] {
  const first = ROLE_AT_START.exec(part.trim())
  const last = ROLE_AT_END.exec(part.trim())
  const bare = (first === null ? part.trim() : part.trim().slice(first[0].length))
    .replace(first === null ? ROLE_AT_END : /$^/u, '')
    .trim()
    .replace(AND_OTHERS, '')
    .trim()
  const origin = ORIGIN.exec(bare)
  const name = bare.slice(origin?.[0].length ?? 0).trim()
  if (!HAN_NAME.test(name) || NAMELESS.test(name)) return []
  const role = (first ?? last)?.groups?.['role'] ?? null
  const isRoleFirst = first !== null
  return [{ name, origin: origin?.groups?.['origin'] ?? null, role, isRoleFirst }]
}

/** What two ways of writing one name have in common: the marks between its parts differ. */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').replaceAll(/[^\p{Script=Han}]/gu, '')
