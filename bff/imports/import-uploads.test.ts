// What an upload leaves on the disk, and how long.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDatabase, temporaryFolder } from '../testing/temporary-database.ts'
import { changeImport, expireImports, findImport, insertImport } from './import-store.ts'
import { ImportUploads } from './import-uploads.ts'

test('an upload ends before it fills the disk, and leaves nothing', async () => {
  const folder = temporaryFolder()
  let free = 230 * 1024 * 1024
  const uploads = new ImportUploads(folder, async () => free)
  let sent = 0
  async function* chunks() {
    for (; sent < 100; sent += 1) {
      free -= 1024 * 1024
      yield new Uint8Array(1024 * 1024)
    }
  }
  await expect(uploads.store('one', chunks())).rejects.toMatchObject({
    code: 'unavailable',
    detail: expect.stringContaining('almost full'),
  })
  expect(sent).toBeLessThan(70)
  expect(readdirSync(join(folder, 'imports'))).toEqual([])
})

test('an import that nobody starts ends after its time, and no other does', async () => {
  const db = await temporaryDatabase()
  const at = '2026-01-01T00:00:00.000Z'
  for (const id of ['ready', 'reading']) {
    await insertImport(db, { id, fileName: 'a.zip', bytes: 1 }, at)
  }
  await db.transaction((trx) => changeImport(trx, 'ready', 'reading', { state: 'ready' }))
  const soon = new Date(Date.now() + 60_000)
  expect(await expireImports(db, new Date(Date.now() - 60_000), 'Too late.')).toEqual([])
  expect(await expireImports(db, soon, 'Too late.')).toEqual(['ready'])
  expect(await findImport(db, 'ready')).toMatchObject({ state: 'failed', problem: 'Too late.' })
  expect(await findImport(db, 'reading')).toMatchObject({ state: 'reading' })
})
