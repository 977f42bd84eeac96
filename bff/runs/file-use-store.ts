// The SQL for files that a running answer uses before its message names them.
import type { FilePart } from '#shared/message.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Writing } from '../db/open.ts'

export async function useFiles(
  trx: Writing,
  messageId: string,
  files: readonly FilePart[],
): Promise<void> {
  const ids = files.map(({ fileId }) => fileId)
  await trx
    .insertInto('file_uses')
    .columns(['file_id', 'message_id'])
    .expression((query) =>
      query
        .selectFrom('files')
        .select((row) => ['id', row.val(messageId).as('message_id')])
        .where('owner', '=', OWNER)
        .where('id', 'in', ids),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
