/** Latin letters that stand on one line at full size on the smallest desk; a hanzi is two wide. */
const LINE_WIDTH = 28

const widthOf = (text: string): number =>
  text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0)

/** Where the item goes: a name too long for one line stands on two, in the same height. */
export function WherePlace({ place }: { readonly place: string }) {
  const isLong = widthOf(place) > LINE_WIDTH
  return <strong className={`cd-where-place ${isLong ? 'cd-where-long' : ''}`}>{place}</strong>
}
