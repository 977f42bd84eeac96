// An export proves itself, and one that was changed in a digit does not.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineTool } from '../runtime/define-tool.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { makeZip, readZip } from '../testing/zip.ts'
import { verifyExport } from './verify-export.ts'

const run = promisify(execFile)
const measure = defineTool({
  name: 'measure',
  description: 'Measures.',
  parameters: z.object({}),
  execute: () => 'It is 20 degrees.',
})

async function exported() {
  const script = [
    { parts: [{ reasoning: 'Hm.' }, { call: { name: 'measure', arguments: {} } }] },
    { parts: [{ text: 'It is 20 degrees.' }] },
  ]
  const agent = agentWith([measure])
  const { tally } = await heldTally(script, {}, { findAgent: () => agent })
  const { id } = await tally.create({ title: 'Kept' })
  await tally.over(await tally.start(id, { text: 'How warm is it in house 7?' }))
  const zip = Buffer.from(await (await tally.request('/api/export')).arrayBuffer())
  const name = `conversations/${id}.jsonl`
  return { zip, name, text: String((await readZip(zip)).get(name)) }
}

function written(content: string | Buffer, name: string): string {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}

/** As someone does who knows the format: the last line agrees with what was changed. */
function withNewEnd(text: string): string {
  const lines = text.trimEnd().split('\n').slice(0, -1)
  const body = `${lines.join('\n')}\n`
  const sha256 = createHash('sha256').update(body).digest('hex')
  return `${body}${JSON.stringify({ type: 'end', lines: lines.length, sha256 })}\n`
}

const problemsOf = async (text: string) =>
  (await verifyExport(written(text, 'one.jsonl'))).problems.map(({ problem }) => problem).join('; ')

test('an untouched export agrees, as a zip and by the script', async () => {
  const { zip } = await exported()
  const file = written(zip, 'all.zip')
  expect(await verifyExport(file)).toEqual({
    conversations: 1,
    messages: 2,
    calls: 2,
    files: 0,
    problems: [],
  })
  const script = join(import.meta.dirname, '../../scripts/run-verify.mjs')
  const { stdout } = await run(process.execPath, [script, file])
  expect(stdout).toBe('1 conversation, 2 messages, 2 ledger rows: everything agrees.\n')
})

test('one digit is enough', async () => {
  const { zip, name, text } = await exported()
  expect(await problemsOf(text)).toBe('')
  const changes: [string, RegExp, string, string][] = [
    ['a question', /house 7/, 'house 8', 'SHA-256'],
    ['an answer', /("type":"message".*It is )20/, '$190', 'fold to'],
    ['an event', /("event":"token".*)20 degrees/, '$190 degrees', 'fold to'],
    ['an amount', /("type":"call".*?"amountNanoUsd":)2/, '$13', 'does not add up'],
    ['a rate', /("type":"call".*"perMillion":)4/, '$15', 'does not add up'],
    ['a quantity', /("type":"call".*?"quantity":)6/, '$17', 'does not add up'],
    ['a cost', /("type":"call".*"costNanoUsd":)6/, '$17', 'does not add up'],
    ['tokens', /("type":"call".*"inputTokens":)1/, '$12', 'does not add up'],
    ['a sum', /("type":"message".*"costNanoUsd":)1/, '$12', 'nano-dollars'],
    ['the sum of all', /("type":"conversation".*"costNanoUsd":)1/, '$12', 'nano-dollars'],
    ['a seq', /("type":"event".*"seq":)3/, '$14', 'is due'],
    ['an ending', /.*"event":"done".*\n/, '', 'done'],
  ]
  for (const [what, from, to, problem] of changes) {
    const changed = text.replace(from, to)
    expect(changed, what).not.toBe(text)
    expect(await problemsOf(changed), what).toContain('differ')
    const forged = problem === 'SHA-256' ? changed : withNewEnd(changed)
    expect(await problemsOf(forged), what).toContain(problem)
  }
  expect(await problemsOf(text.slice(0, text.length / 2))).toContain('cut off')

  const files = Object.fromEntries(await readZip(zip))
  const { [name]: _, ...others } = files
  const missing = await verifyExport(written(await makeZip(others), 'all.zip'))
  expect(missing.problems[0]).toMatchObject({ name: 'manifest.json' })
  const script = join(import.meta.dirname, '../../scripts/run-verify.mjs')
  const file = written(text.replace('house 7', 'house 8'), 'one.jsonl')
  await expect(run(process.execPath, [script, file])).rejects.toMatchObject({ code: 1 })
})
