import { expect, it } from 'vitest'
import { nameKey, responsibleNames } from './responsible-names.ts'

it.each([
  ['余华著', ['余华/-/著']],
  ['(法)圣·埃克苏佩里著', ['圣·埃克苏佩里/法/著']],
  ['（明）吴承恩撰', ['吴承恩/明/撰']],
  ['[清] 曹雪芹著 ; 高鹗续写', ['曹雪芹/清/著', '高鹗续写/-/-']],
  ['张三, 李四主编', ['张三/-/主编', '李四/-/主编']],
  ['主编季野, 张西明, 张弢...[等]', ['季野/-/主编', '张西明/-/主编', '张弢/-/主编']],
  ['王五等编著', ['王五/-/编著']],
  ['国家统计局编', ['国家统计局/-/编']],
  ['国家统计局', ['国家统计局/-/-']],
  // Whoever is not named needs no access point; what is not hanzi is not judged.
  ['本书编写组编', []],
  ['J.K. Rowling著', []],
  ['', []],
])('%s names', (statement, names) => {
  const found = responsibleNames(statement)
  expect(
    found.map(({ name, origin, role }) => [name, origin ?? '-', role ?? '-'].join('/')),
  ).toEqual(names)
})

it('a name is one however its parts are set apart', () => {
  expect(nameKey('圣－埃克苏佩里')).toBe(nameKey('圣·埃克苏佩里'))
})
