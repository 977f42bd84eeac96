// The SQL for prices that the user set.
import { v7 as uuid } from 'uuid'
import { type PriceOverride, SetPrice } from '#shared/prices.ts'
import type { Database, Writing } from '../../db/open.ts'

/** Newest first. */
export async function readOverrides(db: Database): Promise<PriceOverride[]> {
  const rows = await db.kysely
    .selectFrom('price_overrides')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ id, version, created_at: createdAt, definition }) => ({
    ...SetPrice.parse(JSON.parse(definition)),
    id,
    version,
    createdAt,
  }))
}

export async function addOverride(db: Database, price: SetPrice): Promise<string> {
  return db.transaction((trx) => insert(trx, price))
}

/** Returns false if there is no price with this id. */
export async function changeOverride(db: Database, id: string, price: SetPrice): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('price_overrides')
      .set((row) => ({
        definition: JSON.stringify(price),
        version: row('version', '+', 1),
      }))
      .where('id', '=', id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  })
}

export async function removeOverride(db: Database, id: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('price_overrides')
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  })
}

/** Adds `prices`, sorted newest first as they are exported. */
export async function importOverrides(
  db: Database,
  prices: SetPrice[],
  replace: boolean,
): Promise<void> {
  await db.transaction(async (trx) => {
    if (replace) await trx.deleteFrom('price_overrides').execute()
    for (const price of prices.toReversed()) await insert(trx, price)
  })
}

async function insert(trx: Writing, price: SetPrice): Promise<string> {
  const id = uuid()
  await trx
    .insertInto('price_overrides')
    .values({
      id,
      version: 1,
      created_at: new Date().toISOString(),
      definition: JSON.stringify(price),
    })
    .execute()
  return id
}
