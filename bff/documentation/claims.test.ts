// Checks the statements of the built-in documentation against the rest of Tally.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { Health } from '#shared/api.ts'
import { MAX_FILE_BYTES, MAX_FILES_PER_MESSAGE } from '#shared/files.ts'
import { MAX_INSTRUCTIONS_CHARS, MAX_TEXT_CHARS } from '#shared/limits.ts'
import { GUARDRAIL_LIMITS } from '../agents/guardrails.ts'
import { readConfig } from '../config/config.ts'
import { UNDO_MS } from '../conversations/housekeeping.ts'
import { MAX_SENT_BYTES, MAX_SENT_CHARS } from '../files/attach-files.ts'
import { MAX_TOOL_FILES, MAX_TOOL_TEXT_CHARS } from '../files/keep-tool-files.ts'
import { MAX_BODY_BYTES } from '../http/gate.ts'
import { MAX_STREAMS, MAX_STREAMS_PER_ADDRESS } from '../runs/stream-limit.ts'
import { KEPT_MS } from '../runs/trim-store.ts'
import { MAX_CALLS, MAX_CHARS } from '../upstream/answer-reader.ts'
import { MAX_CALL_MS } from '../upstream/idle-watchdog.ts'
import { MAX_CHARS as MAX_USAGE_CHARS } from '../upstream/kept-usage.ts'
import { MAX_OUTPUT_CHARS } from '../runtime/tool-result.ts'
import { MAX_STREAM_BYTES } from '../upstream/upstream-stream.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PAGES = join(import.meta.dirname, 'pages')
const pages = readdirSync(PAGES).map((name) => readFileSync(join(PAGES, name), 'utf8'))
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8')
const guides = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'))
const files = ['README.md', 'SECURITY.md', ...guides.map((name) => `docs/${name}`)]
const everything = [...pages, ...files.map((name) => read(name))].join('\n')

const SETTING = /\b(?:TALLY_[A-Z_]+|OPENAI_[A-Z_]+|APP_SECRET_FILE|DATA_DIR|HOST|PORT)\b/g

/** Returns the first column of the tables of settings. */
function settingsIn(text: string): string[] {
  const cells = text.split('\n').flatMap((line) => /^\| (`[A-Z`, _]+) \|/.exec(line)?.[1] ?? [])
  return cells.flatMap((cell) => cell.match(SETTING) ?? []).toSorted()
}

test('the table of settings equals that of the README, and each setting is used', () => {
  const named = settingsIn(pages.join('\n'))
  expect(named.length).toBeGreaterThan(10)
  expect(named).toEqual(settingsIn(read('README.md')))
  const sources = readdirSync(join(ROOT, 'bff/config'))
    .filter((name) => !name.includes('test'))
    .map((name) => read('bff/config', name))
    .join('\n')
  const unread = named.filter(
    (name) => !sources.includes(name.replace(/^TALLY_BUDGET_.*/, 'TALLY_BUDGET_')),
  )
  expect(unread).toEqual([])
})

test('the documentation promises nothing about keys that SECURITY.md does not', () => {
  const about = pages.join('\n')
  expect(about).not.toMatch(/never stored/)
  for (const text of [about, read('SECURITY.md')]) {
    expect(text).toContain('kept in `keys.json`')
    expect(text).toContain('APP_SECRET_FILE')
  }
})

const Scripts = z.object({ scripts: z.record(z.string(), z.string()) })

test('every script that is mentioned exists', () => {
  const { scripts } = Scripts.parse(JSON.parse(read('package.json')))
  const text = [...pages, read('README.md'), read('SECURITY.md')].join('\n')
  const named = [...text.matchAll(/`npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

/** Returns the rows of the table below a heading, as cells. */
function tableBelow(heading: string, text: string): string[][] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split(/\n#+ /)[0] ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(1).map((line) => line.slice(2, -2).split(' | '))
}

test('the limits in both tables equal those of the code', () => {
  const config = readConfig({}, ROOT)
  const count = (value: number) => value.toLocaleString('en-US')
  const megabytes = (bytes: number) => `${bytes / 1024 / 1024} MB`
  const minutes = (ms: number) => `${ms / 60_000} minutes`
  const limits = [
    [
      'a message that you send',
      `${count(MAX_TEXT_CHARS)} characters, or ${count(GUARDRAIL_LIMITS.strict.chars)} with the guardrails \`strict\``,
    ],
    ['the instructions of a conversation', `${count(MAX_INSTRUCTIONS_CHARS)} characters`],
    [
      'what a model sends in one call',
      `${count(MAX_CHARS)} characters and ${MAX_CALLS} tool calls; the answer ends there, and says so`,
    ],
    ['model calls in one answer', `${config.maxTurns}, or \`TALLY_MAX_TURNS\``],
    [
      'an attached file',
      `${megabytes(MAX_FILE_BYTES)}; ${MAX_FILES_PER_MESSAGE} in a message, ${count(MAX_SENT_CHARS)} characters of text and ${megabytes(MAX_SENT_BYTES)} of images together`,
    ],
    [
      'what a tool returns',
      `${count(MAX_OUTPUT_CHARS)} characters; the model is told how many were left out`,
    ],
    [
      'the files of a tool call',
      `${MAX_TOOL_FILES}, of ${megabytes(MAX_FILE_BYTES)} each; ${count(MAX_TOOL_TEXT_CHARS)} characters of text and ${megabytes(MAX_SENT_BYTES)} of images are sent`,
    ],
    ['usage that a provider reports', `${count(MAX_USAGE_CHARS)} characters kept in the ledger`],
    [
      'one call of a model',
      `${megabytes(MAX_STREAM_BYTES)} on the wire and ${MAX_CALL_MS / 3_600_000} hours`,
    ],
    [
      'silence of a model',
      `${minutes(config.idleTimeoutMs)}, or \`TALLY_IDLE_TIMEOUT_MS\`; ${minutes(config.answerTimeoutMs)}, or \`TALLY_ANSWER_TIMEOUT_MS\`, while it keeps the connection alive`,
    ],
    ['one request to Tally', megabytes(MAX_BODY_BYTES)],
    [
      'answers followed at once',
      `${MAX_STREAMS_PER_ADDRESS} streams from one address, ${count(MAX_STREAMS)} in all`,
    ],
    ['events of an answer', `kept for ${KEPT_MS / 86_400_000} days; the answer and its cost stay`],
    ['undo of a deletion', minutes(UNDO_MS)],
  ]
  expect(tableBelow('Limits', read('README.md'))).toEqual(limits)
  expect(tableBelow('Limits', read('bff/documentation/pages/use-tally.md'))).toEqual(limits)
})

test('the defaults of the settings equal those of the code', () => {
  const standard = readConfig({}, ROOT)
  const given = tableBelow('Settings', read('README.md')).flatMap(([name = '', value = '']) =>
    /^`.+`$/.test(value) ? [[name, value].map((cell) => cell.replaceAll('`', ''))] : [],
  )
  expect(given.length).toBeGreaterThan(8)
  for (const [name = '', value] of given) {
    expect(readConfig({ [name]: value }, ROOT), name).toEqual(standard)
  }
})

test('every state of health is explained', () => {
  const rows = tableBelow('Health', read('README.md'))
  expect(rows.map(([status]) => status)).toEqual(
    Health.shape.status.options.map((status) => `\`${status}\``),
  )
})

test('every file and folder that is mentioned exists', () => {
  const named = [...everything.matchAll(/`((?:bff|web|shared|e2e|bench|scripts)\/[\w./-]+)`/g)]
  expect(named.length).toBeGreaterThan(20)
  // An example adds this file, so it does not exist yet.
  const added = ['bff/agents/assistant/tools/roll-dice.ts']
  const missing = named
    .map(([, path = '']) => path)
    .filter((path) => ![path, `${path}.ts`].some((name) => existsSync(join(ROOT, name))))
  expect(missing.filter((path) => !added.includes(path))).toEqual([])
})

test('the README names every module of the server and every part of the page', () => {
  const tree = read('README.md').split('\n## Work on it\n')[1]?.split('```')[1] ?? ''
  const foldersOf = (folder: string) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map(({ name }) => name)
  const modules = [...tree.matchAll(/^ {12}(\w+) /gm)].map(([, name = '']) => name)
  expect(modules.toSorted()).toEqual(foldersOf('bff').toSorted())
  const parts = /^web\/ +the page: (.*)$/m.exec(tree)?.[1]?.split(', ') ?? []
  expect([...parts, 'public'].toSorted()).toEqual(foldersOf('web').toSorted())
})

test('every link within the repository leads somewhere', () => {
  const anchor = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-')
  const anchorsOf = (file: string) =>
    [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading))
  const broken = files.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, path = '', id]) => {
        const target = path === '' ? file : join(file, '..', path)
        const isThere = existsSync(join(ROOT, target))
        return isThere && (id === undefined || anchorsOf(target).includes(id))
          ? []
          : [`${file}: ${link}`]
      },
    ),
  )
  expect(broken).toEqual([])
})
