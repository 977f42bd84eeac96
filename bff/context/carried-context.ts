// Records what each request of a run carried: charges tool results for their share of its input, and
// stores a snapshot of the last request whose input the provider counted, for each answer. Both only
// serve estimates, so an error never affects the run. They are written in the transaction of the
// usage event, so they need no commit of their own.
import type { ConversationSettings, Run } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { TextsOf } from '../runtime/agent-texts.ts'
import { NOTHING_LEFT_OUT } from '../runtime/plan-fit.ts'
import type { LeftOut, UnsentResult } from '../upstream/agent-run.ts'
import type { Database, Writing } from '../db/open.ts'
import { chargesOf } from './allocate-cost.ts'
import { fixedChars } from './fixed-chars.ts'
import { type ContextSnapshot, lastSeqOf, writeSnapshot } from './snapshot-store.ts'
import { type Charges, droppedIn, storeCharges } from './tool-use-store.ts'

interface CarriedParts {
  db: Database
  run: Run
  settings: ConversationSettings
  textsOf: TextsOf
  onError: (error: unknown) => void
}

type Fit = Pick<ContextSnapshot, 'fittedTokens' | 'leftOut'>
type SentContext = Fit & Pick<ContextSnapshot, 'lastSeq' | 'summaryTokens'>

const NOTHING_FITTED: Fit = { fittedTokens: null, leftOut: NOTHING_LEFT_OUT }

export class CarriedContext {
  readonly #parts: CarriedParts
  /** By call id: the last item when it was sent, because its answer is stored before its row. */
  readonly #sent = new Map<string, { context: SentContext; unsent: UnsentResult[] }>()
  #fit = NOTHING_FITTED
  #unsent: UnsentResult[] = []
  #summaryTokens = 0

  constructor(parts: CarriedParts) {
    this.#parts = parts
  }

  /** Call with how much less the requests of the run carry because of a summary. */
  summarized(tokens: number): void {
    this.#summaryTokens = tokens
  }

  /** Call before a request with what it leaves out. */
  fitted(fittedTokens: number | null, leftOut: LeftOut, unsent: UnsentResult[]): void {
    this.#fit = { fittedTokens, leftOut }
    this.#unsent = unsent
  }

  /** Call after the ledger has opened the call, so that pending items are stored. */
  async sent(callId: string): Promise<void> {
    const { db, run, onError } = this.#parts
    const fit = { ...this.#fit, summaryTokens: this.#summaryTokens }
    const unsent = this.#unsent
    await lastSeqOf(db, run.conversationId)
      .then((lastSeq) => this.#sent.set(callId, { context: { ...fit, lastSeq }, unsent }))
      .catch(onError)
  }

  /** Call when the row is stored and before its answer calls a tool. Returns a function that writes. */
  async booked(row: ModelCall): Promise<(trx: Writing) => Promise<void>> {
    const { db, run, onError } = this.#parts
    const sent = this.#sent.get(row.id)
    this.#sent.delete(row.id)
    try {
      const charges = await chargesOf(db, run, row, sent?.unsent ?? [])
      const snapshot = sent === undefined ? null : await this.#snapshotOf(row, sent.context)
      return (trx) => write(trx, charges, snapshot).catch(onError)
    } catch (error) {
      onError(error)
      return () => Promise.resolve()
    }
  }

  async #snapshotOf(row: ModelCall, sent: SentContext): Promise<ContextSnapshot | null> {
    const { db, run, settings, textsOf } = this.#parts
    const { agent, inputTokens, provider, modelRequested: model } = row
    if (inputTokens === null || !isCounted(row)) return null
    return {
      messageId: run.messageId,
      provider,
      model,
      inputTokens,
      ...sent,
      fixedChars: fixedChars(textsOf(agent ?? run.agent, settings), settings.instructions ?? ''),
      dropped: await droppedIn(db, run.conversationId),
    }
  }
}

async function write(
  trx: Writing,
  charges: Charges | null,
  snapshot: ContextSnapshot | null,
): Promise<void> {
  if (charges !== null) await storeCharges(trx, charges)
  if (snapshot !== null) await writeSnapshot(trx, snapshot)
}

function isCounted({ rawUsage, certainty }: ModelCall): boolean {
  return rawUsage !== null && certainty !== 'estimated'
}
