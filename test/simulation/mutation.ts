/** Safeguards, each with the text that takes it away. */
export interface Mutation {
  readonly name: string
  /** From the root of the repository. */
  readonly file: string
  /** Stands there exactly once. */
  readonly replaces: string
  readonly by: string
  /** Where the fast tier cannot show it. */
  readonly storage?: 'postgres'
  /** The troubles that bring it out, in every seed: else most seeds have none of them. */
  readonly only?: string
  /** It takes so many times more seeds to meet the case. */
  readonly patience?: number
}
