// The reports of endpoint checks: read once at start-up, and written when a check changes one.
import { type CheckedCapabilities, CheckReport } from '#shared/checks.ts'
import type { Database } from '../db/open.ts'
import type { ModelTarget } from '../upstream/types.ts'
import type { EndpointModel } from './merge-report.ts'

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

type Endpoint = Pick<ModelTarget, 'baseUrl'> & { name: string }

export interface Reports {
  at: (endpointModel: EndpointModel) => CheckReport | null
  keep: (card: CheckReport) => Promise<void>
  /** Null if it was never checked. */
  known: (endpoint: Endpoint, model: string) => CheckedCapabilities | null
}

/**
 * What is known about endpoints, at hand for everyone who asks: a card holds for one model at one
 * address, and for no other.
 */
export async function openReports(db: Database): Promise<Reports> {
  const reports = new Map((await readReports(db)).map((card) => [keyOf(card), card]))
  const at = (endpointModel: EndpointModel) => reports.get(keyOf(endpointModel)) ?? null
  return {
    at,
    keep: async (card) => {
      reports.set(keyOf(card), card)
      await writeReport(db, card)
    },
    known: ({ name, baseUrl }, model) =>
      at({ provider: name, origin: originOf(baseUrl), model })?.capabilities ?? null,
  }
}

export function originOf(baseUrl: string | null): string | null {
  return baseUrl === null ? null : new URL(baseUrl).origin
}

function keyOf({ provider, origin, model }: EndpointModel): string {
  return JSON.stringify([provider, origin, model])
}
