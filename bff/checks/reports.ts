// What is known about endpoints, at hand for everyone who asks: a card holds for one model at one
// address, and for no other.
import type { CheckReport, CheckedCapabilities } from '#shared/checks.ts'
import type { ModelTarget } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { readReports, writeReport } from './report-store.ts'
import type { EndpointModel } from './merge-report.ts'

type Endpoint = Pick<ModelTarget, 'baseUrl'> & { name: string }

export interface Reports {
  at: (endpointModel: EndpointModel) => CheckReport | null
  keep: (card: CheckReport) => Promise<void>
  /** Null: never checked. */
  known: (endpoint: Endpoint, model: string) => CheckedCapabilities | null
}

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
