/**
 * What the folding needs to know about characters. Built once from dictionaries outside domain
 * (db/catalogue/search-tables.ts); the same tables must serve indexing and asking.
 */
export interface SearchTables {
  /** Traditional or variant character → simplified; characters that stay are not in it. */
  readonly simplify: ReadonlyMap<string, string>
  /**
   * Every reading of a hanzi in lower-case letters without tones, `lv` and `lu` both for 绿; none
   * for what is not a hanzi.
   */
  readonly readings: (character: string) => readonly string[]
}
