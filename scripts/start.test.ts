// Runs `npm start`, as npm does.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'

function npmStart(env: Record<string, string> = {}) {
  const data = mkdtempSync(join(tmpdir(), 'tally-start-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs')], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: data, TALLY_DISCOVER: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit')
    rmSync(data, { recursive: true, force: true })
  })
  return child
}

async function printed(child: ReturnType<typeof npmStart>): Promise<string> {
  let output = ''
  child.stdout.setEncoding('utf8')
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk)
    if (output.includes('Tally is at ')) return output
  }
  throw new Error(`It did not start: ${await text(child.stderr)}`)
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}

test('it installs and builds only what is stale, and a signal ends the server', async () => {
  const first = npmStart()
  const address = /http:\S+/.exec(await printed(first))?.[0] ?? ''
  expect((await fetch(address)).status).toBe(200)
  first.kill('SIGTERM')
  expect(await exitCode(first)).toBe(0)
  await expect(fetch(address)).rejects.toThrow('fetch failed')

  expect(await printed(npmStart())).toMatch(/^Tally is at /)
})

test('it ends with the exit code of the server', async () => {
  const child = npmStart({ PORT: 'eighty' })
  const sentence = await text(child.stderr)

  expect(await exitCode(child)).toBe(1)
  expect(sentence).toMatch(/^PORT: [^\n]+\n$/)
})
