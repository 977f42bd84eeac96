// For tests: a real database in a temporary folder that is removed after the test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Database, OpenOptions } from '../db/open.ts'
import { openFromTemplate } from './database-template.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tally-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

export async function temporaryDatabase(options?: OpenOptions): Promise<Database> {
  const db = await openFromTemplate(join(temporaryFolder(), 'tally.db'), options)
  onTestFinished(() => db.close())
  return db
}
