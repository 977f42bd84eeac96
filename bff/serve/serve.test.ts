import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../config/config.ts'
import { createLog } from '../log/log.ts'
import { startTally } from './serve.ts'

test('a server that ends while its worker thread starts ends without an error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({ PORT: '0', TALLY_DISCOVER: '0' }, folder)
  let lines = ''
  const log = createLog({ write: (line: string) => (lines += line) })
  const tally = await startTally(config, '0.0.0', log)
  await tally.stop()
  expect(lines).not.toContain('worker')
})
