/** The 86 decision points of a circulation engine, as docs/rules.md answers them. */
export const DECISION_POINTS = 86

const row = /^\| P (\d+) \| [^|]+ \| ([^|]+) \|$/gm

/** What is wrong with the table: points missing or named twice, answers that are neither. */
export function unanswered(markdown: string, ruleIds: ReadonlySet<string>): string[] {
  const answers = [...markdown.matchAll(row)].map(([, point = '', answer = '']) => ({
    point: Number(point),
    answer: answer.trim(),
  }))
  const points = answers.map(({ point }) => point)
  const missing = Array.from({ length: DECISION_POINTS }, (_, index) => index + 1).filter(
    (point) => points.filter((one) => one === point).length !== 1,
  )
  const unknown = answers.filter(({ answer }) => !isAnswer(answer, ruleIds))
  return [
    ...missing.map((point) => `P ${point} has not one row`),
    ...unknown.map(({ point, answer }) => `P ${point}: ${answer}`),
  ]
}

/** Rules that there are, or why not. */
function isAnswer(answer: string, ruleIds: ReadonlySet<string>): boolean {
  if (/^(?:not wanted|later): \S/.test(answer)) return true
  return answer.split(', ').every((id) => ruleIds.has(id))
}
