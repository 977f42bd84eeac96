// The prices that the user set. Kept in memory because every request is priced by them, and reloaded
// after every change.
import type { PriceOverride, SetPrice } from '#shared/prices.ts'
import type { Database } from '../../db/open.ts'
import { Problem } from '../../http/problem.ts'
import {
  addOverride,
  changeOverride,
  importOverrides,
  readOverrides,
  removeOverride,
} from './price-store.ts'

export interface PriceBook {
  /** Newest first. */
  overrides(): readonly PriceOverride[]
  add(price: SetPrice): Promise<PriceOverride>
  change(id: string, price: SetPrice): Promise<PriceOverride>
  remove(id: string): Promise<void>
  import(prices: SetPrice[], replace: boolean): Promise<void>
}

/** Loads the price book. `onChange` is called after every change so that caches can be cleared. */
export async function openPriceBook(
  db: Database,
  onChange: () => void = () => {},
): Promise<PriceBook> {
  let overrides = await readOverrides(db)

  const refresh = async (): Promise<void> => {
    overrides = await readOverrides(db)
    onChange()
  }
  const named = (id: string): PriceOverride => {
    const found = overrides.find((one) => one.id === id)
    if (found === undefined) throw new Problem('price_not_found')
    return found
  }
  return {
    overrides: () => overrides,
    add: async (price) => {
      const id = await addOverride(db, price)
      await refresh()
      return named(id)
    },
    change: async (id, price) => {
      if (!(await changeOverride(db, id, price))) throw new Problem('price_not_found')
      await refresh()
      return named(id)
    },
    remove: async (id) => {
      if (!(await removeOverride(db, id))) throw new Problem('price_not_found')
      await refresh()
    },
    import: async (prices, replace) => {
      await importOverrides(db, prices, replace)
      await refresh()
    },
  }
}

export const NO_OVERRIDES: Pick<PriceBook, 'overrides'> = { overrides: () => [] }
