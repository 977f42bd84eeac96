// Attached files in backups, restores and the daily check.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Files } from '../files/files.ts'
import { startJobs } from '../testing/jobs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { backUp } from './backup.ts'
import { openDatabase } from './open.ts'
import { restore } from './restore.ts'
import { checkIntegrity } from './watch-integrity.ts'

async function dataWith(...names: string[]) {
  const folder = temporaryFolder()
  const file = join(folder, 'tally.db')
  const db = await openDatabase(file)
  const files = new Files({
    db,
    folder: join(folder, 'files'),
    jobs: startJobs(),
    now: () => new Date(),
  })
  for (const name of names) await files.upload(name, bytes(name))
  return { db, file, files, folder: join(folder, 'files') }
}

async function* bytes(text: string) {
  yield Buffer.from(text)
}

test('a backup has the attached files, and a restore brings them back', async () => {
  const { db, file, folder } = await dataWith('a.txt', 'b.txt')
  const target = join(temporaryFolder(), 'backup.db')
  expect(await backUp(file, target)).toMatchObject({ files: 2, missing: [] })
  expect(readdirSync(`${target}.files`)).toHaveLength(2)
  await db.close()
  rmSync(folder, { recursive: true })
  expect(await restore(target, file)).toMatchObject({ files: 2, missing: [] })
  expect(readdirSync(folder)).toEqual(readdirSync(`${target}.files`))
})

test('a file that is missing is named by the backup and by health', async () => {
  const { db, file, folder } = await dataWith('a.txt', 'b.txt')
  const [lost = ''] = readdirSync(folder)
  writeFileSync(join(folder, lost), 'cut off')
  await checkIntegrity(db, new AbortController().signal)
  expect(db.damage.sentence).toMatch(
    /^Attached files are missing from the data folder \(“[ab]\.txt”\): restore a backup/,
  )
  const target = join(temporaryFolder(), 'backup.db')
  expect(await backUp(file, target)).toMatchObject({
    files: 1,
    missing: [expect.stringMatching(/^[ab]\.txt$/)],
  })
  await db.close()
})

test('data without files is backed up without a folder', async () => {
  const { db, file } = await dataWith()
  const target = join(temporaryFolder(), 'backup.db')
  expect(await backUp(file, target)).toMatchObject({ files: 0, missing: [] })
  expect(existsSync(`${target}.files`)).toBe(false)
  await db.close()
})
