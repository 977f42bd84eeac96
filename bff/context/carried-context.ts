// Keeps what each request of a run carried: it charges the results of tools for their share of its
// input, and marks, of each answer, the last request whose input the provider counted. Both are for
// estimates, so what goes wrong with them never touches the run; both are written with the event that
// tells of the request, so that they cost no commit of their own.
import type { ConversationSettings, Run } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { AgentTexts } from '../runtime/agent-texts.ts'
import type { Database, Writing } from '../db/open.ts'
import { chargesOf } from './allocate-cost.ts'
import { fixedChars } from './fixed-chars.ts'
import { type ContextSnapshot, lastSeqOf, writeSnapshot } from './snapshot-store.ts'
import { type Charges, droppedIn, storeCharges } from './tool-use-store.ts'

interface CarriedParts {
  db: Database
  run: Run
  settings: ConversationSettings
  textsOf: (agent: string) => AgentTexts
  onError: (error: unknown) => void
}

export class CarriedContext {
  readonly #parts: CarriedParts
  /** By call: the items there were when it was sent. Its own answer is stored before it is booked. */
  readonly #sent = new Map<string, number>()

  constructor(parts: CarriedParts) {
    this.#parts = parts
  }

  /** After the ledger's own write, so that items on their way are stored. */
  async sent(callId: string): Promise<void> {
    const { db, run, onError } = this.#parts
    await lastSeqOf(db, run.conversationId)
      .then((seq) => this.#sent.set(callId, seq))
      .catch(onError)
  }

  /** When its row is booked, and before its answer calls a tool. Gives what is to be written. */
  async booked(row: ModelCall): Promise<(trx: Writing) => Promise<void>> {
    const { db, run, onError } = this.#parts
    const lastSeq = this.#sent.get(row.id)
    this.#sent.delete(row.id)
    try {
      const charges = await chargesOf(db, run, row)
      const snapshot = lastSeq === undefined ? null : await this.#snapshotOf(row, lastSeq)
      return (trx) => write(trx, charges, snapshot).catch(onError)
    } catch (error) {
      onError(error)
      return () => Promise.resolve()
    }
  }

  async #snapshotOf(row: ModelCall, lastSeq: number): Promise<ContextSnapshot | null> {
    const { db, run, settings, textsOf } = this.#parts
    const { agent, inputTokens, provider, modelRequested: model } = row
    if (inputTokens === null || !isCounted(row)) return null
    return {
      messageId: run.messageId,
      provider,
      model,
      inputTokens,
      lastSeq,
      fixedChars: fixedChars(textsOf(agent ?? run.agent), settings.instructions ?? ''),
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
