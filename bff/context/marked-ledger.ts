// The ledger that marks, of each answer, the last request whose input the provider counted. A mark is
// a help for an estimate: what goes wrong with it never touches the run.
import type { ConversationSettings, Run } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { AgentTexts } from '../agent/agent-texts.ts'
import type { CallLedger } from '../agent/types.ts'
import type { Database } from '../db/open.ts'
import { fixedChars } from './fixed-chars.ts'
import { lastSeqOf, writeMark } from './mark-store.ts'

export interface MarkParts {
  db: Database
  run: Run
  settings: ConversationSettings
  textsOf: (agent: string) => AgentTexts
  onFault: (error: unknown) => void
}

export function markedLedger<Ledger extends CallLedger>(ledger: Ledger, parts: MarkParts): Ledger {
  const { db, run, settings, textsOf, onFault } = parts
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
      if (lastSeq === undefined || row.inputTokens === null || !isCounted(row)) return row
      const mark = {
        messageId: run.messageId,
        provider: row.provider,
        model: row.modelRequested,
        inputTokens: row.inputTokens,
        lastSeq,
        fixedChars: fixedChars(textsOf(call.agent ?? run.agent), settings.instructions ?? ''),
      }
      await writeMark(db, mark).catch(onFault)
      return row
    },
  }
}

function isCounted({ rawUsage, certainty }: ModelCall): boolean {
  return rawUsage !== null && certainty !== 'estimated'
}
