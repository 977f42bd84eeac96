// The ledger's figures per UTC day and model.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Database } from '../db/open.ts'
import { summed, toTotals } from '../ledger/sums/total-store.ts'
import type { LedgerRow } from './compare.ts'

const Keyed = z.looseObject({ day: z.string(), model: z.string() })

/** Both days are included. `provider` is null for all providers. */
export async function ledgerOfDays(
  db: Database,
  from: string,
  to: string,
  provider: string | null,
): Promise<LedgerRow[]> {
  const { rows } = await sql`
    select day, model, ${summed} from daily_totals
    where owner = 'local' and demo = 0 and day >= ${from} and day <= ${to}
      and ${provider === null ? sql`true` : sql`provider = ${provider}`}
    group by day, model`.execute(db.kysely)
  return rows.map((row) => {
    const { day, model, ...sums } = Keyed.parse(row)
    return { day, model, totals: toTotals(sums) }
  })
}
