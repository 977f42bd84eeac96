// Writes the ledger rows of Tally's own export. Money is never booked twice, and never to a conversation that
// the export does not have.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { ModelCall } from '#shared/ledger.ts'
import type { Writing } from '../db/open.ts'
import { toRow } from '../ledger/calls/call-row-store.ts'
import { addToTotals, isResponseIdTaken } from '../ledger/calls/call-store.ts'
import { field, isObject } from './json-fields.ts'
import type { OpenConversation } from './write-store.ts'

async function isHere(trx: Writing, { conversationId, runId }: ModelCall): Promise<boolean> {
  const found = await trx
    .selectFrom('conversations')
    .select('conversations.id')
    .leftJoin('runs', 'runs.conversation_id', 'conversations.id')
    .where((or) => or.or([or('conversations.id', '=', conversationId), or('runs.id', '=', runId)]))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** A row that is here already is the same request: its money is booked. */
export async function insertCall(
  trx: Writing,
  { id: conversationId, fresh }: OpenConversation,
  fields: object,
): Promise<boolean> {
  const call = ModelCall.parse(field(fields, 'call'))
  const belongs = conversationId === '' || call.conversationId === conversationId
  const known = await trx
    .selectFrom('model_calls')
    .select('id')
    .where('id', '=', call.id)
    .executeTakeFirst()
  if (known !== undefined || !belongs) return false
  // A row without a conversation in the export must not add to one that is here.
  if (conversationId === '' && (await isHere(trx, call))) return false
  const responseId = (await isResponseIdTaken(trx, call)) ? null : call.responseId
  await trx
    .insertInto('model_calls')
    .values(toRow({ ...call, responseId }))
    .execute()
  await addToTotals(trx, call.id)
  fresh.add(call.id)
  return true
}

const Correction = z.object({
  id: z.string(),
  callId: z.string(),
  at: z.iso.datetime({ precision: 3 }),
  reason: z.enum(['reprice', 'undo', 'finished_counting', 'provider_lookup', 'recovered']),
})

export async function insertCorrection(
  trx: Writing,
  { fresh }: OpenConversation,
  fields: object,
): Promise<void> {
  const correction = Correction.safeParse(fields)
  const [before, after] = [field(fields, 'before'), field(fields, 'after')]
  if (!correction.success || !isObject(before) || !isObject(after)) return
  const { id, callId, at, reason } = correction.data
  if (!fresh.has(callId)) return
  await trx
    .insertInto('call_corrections')
    .values({
      id,
      call_id: callId,
      at,
      reason,
      batch_id: null,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
    })
    .execute()
  await trx
    .updateTable('model_calls')
    .set({ corrections: sql`corrections + 1` })
    .where('id', '=', callId)
    .execute()
}
