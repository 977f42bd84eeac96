// The cards of endpoints: their SQL.
import { CheckReport } from '#shared/checks.ts'
import type { Database } from '../db/open.ts'

export async function readReports(db: Database): Promise<CheckReport[]> {
  const rows = await db.kysely.selectFrom('check_cards').select('card').execute()
  // A card that an earlier version wrote in another form is as good as none.
  return rows.flatMap(({ card }) => {
    const read = CheckReport.safeParse(JSON.parse(card))
    return read.success ? [read.data] : []
  })
}

export async function writeReport(db: Database, card: CheckReport): Promise<void> {
  const { provider, origin, model, at } = card
  const row = { provider, origin: origin ?? '', model, at, card: JSON.stringify(card) }
  await db.transaction(async (trx) => {
    await trx
      .insertInto('check_cards')
      .values(row)
      .onConflict((conflict) => {
        return conflict
          .columns(['owner', 'provider', 'origin', 'model'])
          .doUpdateSet({ at, card: row.card })
      })
      .execute()
  })
}
