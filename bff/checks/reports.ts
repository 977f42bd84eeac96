// What is known about endpoints, at hand for everyone who asks: a card holds for one model at one
// address, and for no other.
import type { CheckCard, CheckedCapabilities } from '#shared/checks.ts'
import type { ModelTarget } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { readCards, writeCard } from './report-store.ts'
import type { EndpointModel } from './merge-report.ts'

type Endpoint = Pick<ModelTarget, 'baseUrl'> & { name: string }

export interface Cards {
  at: (place: EndpointModel) => CheckCard | null
  keep: (card: CheckCard) => Promise<void>
  /** Null: never checked. */
  known: (endpoint: Endpoint, model: string) => CheckedCapabilities | null
}

export async function openCards(db: Database): Promise<Cards> {
  const cards = new Map((await readCards(db)).map((card) => [keyOf(card), card]))
  const at = (place: EndpointModel) => cards.get(keyOf(place)) ?? null
  return {
    at,
    keep: async (card) => {
      cards.set(keyOf(card), card)
      await writeCard(db, card)
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
