// The prices that a person set, kept in memory because every request is priced by them, and read
// again after every change.
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
  /** The newest first. */
  overrides(): readonly PriceOverride[]
  add(price: SetPrice): Promise<PriceOverride>
  change(id: string, price: SetPrice): Promise<PriceOverride>
  remove(id: string): Promise<void>
  import(prices: SetPrice[], replace: boolean): Promise<void>
}

/** `onChange`: whoever keeps prices of his own forgets them. */
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
