// Counts what a file holds, before anything is written.
import type { ImportPreview, ImportSource } from '#shared/imports.ts'
import { addTotals, NO_CALLS } from '#shared/add-totals.ts'
import type { Database } from '../db/open.ts'
import { countLeftOut } from './count-left-out.ts'
import { ImportRefused } from './import-refused.ts'
import type { Read } from './read-messages.ts'
import type { FileRestore } from './restore-files.ts'
import { countKnown } from './write-store.ts'
import { t } from '#shared/translate.ts'

const EMPTY: ImportPreview = {
  conversations: 0,
  messages: 0,
  duplicates: 0,
  calls: 0,
  totals: null,
  files: 0,
  prompts: 0,
  from: null,
  to: null,
  leftOut: [],
}

export async function previewImport(
  db: Database,
  portions: AsyncIterable<Read[]>,
  files: FileRestore,
  onProgress: (conversations: number) => void,
): Promise<{ source: ImportSource; preview: ImportPreview }> {
  let source: ImportSource | null = null
  let preview = EMPTY
  for await (const reads of portions) {
    const externalIds: string[] = []
    for (const read of reads) {
      if (read.type === 'source') source = read.source
      if (read.type === 'left_out') {
        preview = { ...preview, leftOut: countLeftOut(preview.leftOut, read.reason, read.count) }
      }
      if (read.type === 'file' && files.isFirst(read.file)) {
        preview = (await files.isMissing(read.file))
          ? { ...preview, leftOut: countLeftOut(preview.leftOut, 'missing_files', 1) }
          : { ...preview, files: preview.files + 1 }
      }
      if (read.type === 'asset' && files.isFirst(read.asset)) {
        preview = { ...preview, files: preview.files + 1 }
      }
      if (read.type === 'prompt') preview = { ...preview, prompts: preview.prompts + 1 }
      if (read.type !== 'conversation') continue
      const { externalId, messages, calls, totals, createdAt, updatedAt } = read.conversation
      externalIds.push(externalId)
      preview = {
        ...preview,
        conversations: preview.conversations + 1,
        messages: preview.messages + messages,
        calls: preview.calls + calls,
        totals: calls === 0 ? preview.totals : addTotals(preview.totals ?? NO_CALLS, totals),
        from: earlier(preview.from, createdAt),
        to: later(preview.to, updatedAt),
      }
    }
    const duplicates = externalIds.length === 0 ? 0 : await countKnown(db, externalIds)
    preview = { ...preview, duplicates: preview.duplicates + duplicates }
    onProgress(preview.conversations)
  }
  if (source === null || isEmpty(preview)) {
    throw new ImportRefused(t`There is no conversation in this file.`)
  }
  return { source, preview }
}

function isEmpty({ conversations, calls, prompts }: ImportPreview): boolean {
  return conversations === 0 && calls === 0 && prompts === 0
}

function earlier(one: string | null, other: string): string {
  return one === null || other < one ? other : one
}

function later(one: string | null, other: string): string {
  return one === null || other > one ? other : one
}
