// The ledger that keeps what each request carried: it charges the results of tools for their share,
// and marks, of each answer, the last request whose input the provider counted. Both are for
// estimates, so what goes wrong with them never touches the run.
import type { ConversationSettings, Run } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { AgentTexts } from '../agent/agent-texts.ts'
import type { CallLedger } from '../agent/types.ts'
import type { Database } from '../db/open.ts'
import { chargeResults } from './carry.ts'
import { fixedChars } from './fixed-chars.ts'
import { lastSeqOf, writeMark } from './mark-store.ts'
import { droppedIn } from './tool-use-store.ts'

export interface MarkParts {
  db: Database
  run: Run
  settings: ConversationSettings
  textsOf: (agent: string) => AgentTexts
  /** Resolves when the events so far are stored, and with them what tools returned. */
  eventsStored: () => Promise<void>
  onFault: (error: unknown) => void
}

export function markedLedger<Ledger extends CallLedger>(ledger: Ledger, parts: MarkParts): Ledger {
  const { db, run, eventsStored, onFault } = parts
  /** By call: what there was when it was sent. Its own answer is stored before it is closed. */
  const sent = new Map<string, number>()
  return {
    ...ledger,
    open: async (call, target) => {
      await ledger.open(call, target)
      // After the ledger's own write, so that items on their way are stored.
      await lastSeqOf(db, run.conversationId)
        .then((seq) => sent.set(call.id, seq))
        .catch(onFault)
    },
    close: async (call, facts, target) => {
      const row = await ledger.close(call, facts, target)
      const lastSeq = sent.get(call.id)
      sent.delete(call.id)
      await eventsStored()
        .then(() => chargeResults(db, run, row))
        .catch(onFault)
      if (lastSeq !== undefined) await mark(parts, row, lastSeq).catch(onFault)
      return row
    },
  }
}

async function mark(
  { db, run, settings, textsOf }: MarkParts,
  row: ModelCall,
  lastSeq: number,
): Promise<void> {
  const { agent, inputTokens, provider, modelRequested: model } = row
  if (inputTokens === null || !isCounted(row)) return
  await writeMark(db, {
    messageId: run.messageId,
    provider,
    model,
    inputTokens,
    lastSeq,
    fixedChars: fixedChars(textsOf(agent ?? run.agent), settings.instructions ?? ''),
    dropped: await droppedIn(db, run.conversationId),
  })
}

function isCounted({ rawUsage, certainty }: ModelCall): boolean {
  return rawUsage !== null && certainty !== 'estimated'
}
