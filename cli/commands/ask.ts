/** `citydesk ask NAME JSON`: any question of contract/queries.ts. */
import { queries, queryNames } from '../../contract/queries.ts'
import type { QueryName } from '../../contract/queries.ts'
import { UnusableInput } from '../command.ts'
import type { Command } from '../command.ts'
import { withDesk } from '../with-desk.ts'

const askable = queryNames.filter((name) => queries[name].effect === 'none')

export const ask: Command = {
  name: 'ask',
  summary: 'Asks this desk a question, as a screen would.',
  help: `NAME [JSON]

NAME: ${askable.join(' · ')}
JSON: the question's fields, e.g. ask reader-card '{"card":"…","readerId":null,"loansLimit":20}'`,
  options: {},
  run: async ([name, text = '{}'], _values, environment) => {
    if (name === undefined || !askable.includes(name as QueryName)) {
      throw new UnusableInput(`ask knows: ${askable.join(', ')}`)
    }
    const query = name as QueryName
    const question = queries[query].ask.safeParse(parsed(text))
    if (!question.success) {
      const places = question.error.issues.map(
        ({ path, message }) => `${path.join('.')}: ${message}`,
      )
      throw new UnusableInput(`ask ${name}: ${places.join('; ')}`)
    }
    return withDesk(environment, async (desk) => {
      const answer = await desk.ask(query, question.data)
      return { exit: 0, json: answer, text: JSON.stringify(answer, null, 2) }
    })
  },
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnusableInput('the second argument is not JSON')
  }
}
