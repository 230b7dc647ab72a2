import { deskApi } from '../desk-api.ts'
import type { Thunk } from '../store.ts'

/** Titles by barcode, of those that the desk knows: asked for already, where their rows are in sight. */
export const titlesOf =
  (barcodes: readonly string[]): Thunk<Promise<ReadonlyMap<string, string>>> =>
  async (dispatch) => {
    const titles = new Map<string, string>()
    for (const barcode of barcodes) {
      const asked = dispatch(
        deskApi.endpoints.itemTitle.initiate({ barcode, itemId: null }, { subscribe: false }),
      )
      const title = (await asked).data?.title?.title
      if (title !== undefined) titles.set(barcode, title)
    }
    return titles
  }
