import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readConfig } from './config.ts'
import { isTokenizerLoaded } from './agent/tokenizer.ts'
import { createLog } from './log.ts'
import { startTally } from './start-tally.ts'

test('the tokenizer is loaded behind the start, before a request needs it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({ PORT: '0', TALLY_DISCOVER: '0' }, folder)
  const tally = await startTally(config, '0.0.0', createLog({ write: () => {} }))
  onTestFinished(() => tally.stop())
  expect(isTokenizerLoaded()).toBe(false)
  await vi.waitUntil(isTokenizerLoaded, { timeout: 20_000 })
})
