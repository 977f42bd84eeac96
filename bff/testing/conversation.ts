// For tests: a conversation that ledger rows can belong to.
import type { Database } from '../db/open.ts'

export async function addConversation(
  db: Database,
  id: string,
  title: string,
  deletedAt: string | null = null,
): Promise<void> {
  const at = '2026-11-01T00:00:00.000Z'
  await db.transaction(async (trx) => {
    await trx
      .insertInto('conversations')
      .values({
        id,
        title,
        title_source: 'words',
        agent: 'assistant',
        provider: null,
        model: null,
        selected_message_id: null,
        created_at: at,
        updated_at: at,
        deleted_at: deletedAt,
      })
      .execute()
  })
}
