// What belongs to no conversation and is worth keeping: the folders with what applies in them, and the
// prompts, as JSON lines.
import { listFolders } from '../conversations/folder-store.ts'
import type { Database } from '../db/open.ts'
import { listPrompts } from '../prompts/prompt-store.ts'
import { jsonLine, withEnd } from './json-line.ts'
import { FORMAT_LINE } from './jsonl.ts'

export function libraryParts(db: Database): AsyncGenerator<string> {
  return withEnd(lines(db))
}

async function* lines(db: Database): AsyncGenerator<string> {
  yield FORMAT_LINE
  for (const { unread: _, spent: __, position: ___, ...folder } of await listFolders(db)) {
    yield jsonLine({ type: 'folder', folder })
  }
  for (const prompt of await listPrompts(db)) yield jsonLine({ type: 'prompt', prompt })
}
