// Runs the examples of README and documentation: curl commands with fetch, and code as modules.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod/mini'
import { readConfig } from '../config/config.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { createLog } from '../log/log.ts'
import { startTally } from '../serve/serve.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const EXTEND = readFileSync(join(import.meta.dirname, 'pages', 'extend-tally.md'), 'utf8')

function blocksOf(text: string, language: string): string[] {
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
  return blocks.flatMap(([, name, block = '']) => (name === language ? [block] : []))
}

interface Frame {
  /** The names of its lines, in order. */
  lines: string[]
  event: string
  id: number
  data: Record<string, unknown>
}

function framesOf(text: string): Frame[] {
  const frames = text.split('\n\n').filter((frame) => frame.includes('data: '))
  return frames.map((frame) => {
    const lines = frame.trim().split('\n')
    const values = new Map(
      lines.map((line) => [line.split(': ', 1)[0], line.replace(/^\w+: /, '')]),
    )
    const data: unknown = JSON.parse((values.get('data') ?? '').replace(',…}', '}'))
    return {
      lines: [...values.keys()].map(String),
      event: values.get('event') ?? '',
      id: Number(values.get('id')),
      data: z.record(z.string(), z.unknown()).parse(data),
    }
  })
}

async function startDemo(): Promise<string> {
  const folder = temporaryFolder()
  const config = readConfig({ PORT: '0', DATA_DIR: folder, TALLY_DISCOVER: '0' }, folder)
  const tally = await startTally(config, '0.0.0', createLog({ write: () => {} }))
  onTestFinished(tally.stop)
  return tally.address
}

const json = { 'content-type': 'application/json' }

/** Sends every request of both texts: a conversation, a run as a stream, and the stream again. */
async function follow(address: string, text: string): Promise<{ runId: string; frames: Frame[] }> {
  const url = `${address}/api/conversations`
  const made = await fetch(url, { method: 'POST', headers: json, body: '{}' })
  const { id } = z.object({ id: z.string() }).parse(await made.json())
  const stream = await fetch(`${url}/${id}/runs`, {
    method: 'POST',
    headers: { ...json, accept: 'text/event-stream' },
    body: text,
  })
  const frames = framesOf(await stream.text())
  return { runId: String(frames[0]?.data['runId']), frames }
}

test('the stream in the README equals that of a run', async () => {
  const [shown = ''] = blocksOf(README, '')
  const command = blocksOf(README, 'sh').find((block) => block.includes('text/event-stream')) ?? ''
  const body = /-d '(\{"text".+?\})'/.exec(command)?.[1] ?? ''
  const address = await startDemo()
  const { runId, frames } = await follow(address, body)

  const examples = framesOf(shown)
  expect(examples.length).toBeGreaterThan(1)
  for (const { lines, event, data } of examples) {
    const known = Object.entries(data).filter(([, value]) => value !== '…')
    const alike = frames.find((frame) => {
      return frame.event === event && known.every(([name, value]) => frame.data[name] === value)
    })
    expect(alike, event).toBeDefined()
    expect(alike?.lines).toEqual(lines)
    expect(Object.keys(alike?.data ?? {})).toEqual(expect.arrayContaining(Object.keys(data)))
  }
  const after = frames.length - 2
  const rest = await fetch(`${address}/api/runs/${runId}/events?after=${after}`)
  expect(framesOf(await rest.text()).map(({ id }) => id)).toEqual([after + 1, after + 2])
})

test('the documentation names the events of a run', async () => {
  const command = blocksOf(EXTEND, 'sh').find((block) => block.includes('text/event-stream')) ?? ''
  const body = /-d '(\{"text".+?\})'/.exec(command)?.[1] ?? ''
  const { frames } = await follow(await startDemo(), body)

  const sent = new Set(frames.map(({ event }) => event))
  const [, named = ''] = /The stream carries the events (.+), and ends with/.exec(EXTEND) ?? []
  const names = [...named.matchAll(/`(\w+)`/g)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(3)
  expect(names.filter((name) => !sent.has(String(name)))).toEqual([])
  expect(frames.at(-1)?.event).toBe('done')
})

/** Loads code as a module, with its imports replaced by addresses. */
async function load(code: string, files: Record<string, string> = {}): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-example-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const address = (path: string) =>
    path === 'zod'
      ? import.meta.resolve('zod')
      : pathToFileURL(join(ROOT, 'bff', path.replaceAll('../', ''))).href
  const whole = code
    .replaceAll(/ from '(.+?)'/g, (_, path: string) => ` from '${address(path)}'`)
    .replace('./prompts/', './')
  const file = join(folder, 'example.ts')
  writeFileSync(file, whole)
  return import(pathToFileURL(file).href)
}

const texts: [string, string][] = [
  ['README', README],
  ['documentation', EXTEND],
]

test.for(texts)('the tool of the %s can be created', async ([, text]) => {
  const [code = ''] = blocksOf(text, 'ts')
  expect(await load(code)).toMatchObject({ rollDice: { timeoutMs: 60_000, name: 'roll_dice' } })
})

test('the tool of the README that returns a file can be called', async () => {
  const code = blocksOf(README, 'ts').find((block) => block.includes('withFiles')) ?? ''
  const Made = z.object({ exportTimes: z.object({ prepare: z.any() }) })
  const { exportTimes } = Made.parse(await load(code))
  const { output } = await exportTimes.prepare({ minutes: [3, 5] }).execute({})
  expect(output.files).toEqual([{ name: 'times.csv', content: 'minutes\n3\n5\n' }])
})

test.for(texts)('the agent of the %s can be created', async ([, text]) => {
  const code = blocksOf(text, 'ts').find((block) => block.includes('defineAgent')) ?? ''
  const prompt = 'Translate what the user writes into plain English.'
  const made = await load(code, { 'translator.md': prompt })
  expect(made).toMatchObject({
    translator: { name: 'translator', instructions: prompt, tools: [] },
  })
})
