// Runs `npm run doctor`, as npm does, against a fake upstream.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { refusingBaseUrl, startFakeUpstream } from '../e2e/fake-upstream.ts'
import { temporaryFolder } from '../bff/testing/temporary-database.ts'

const LONG = 'one two three four five six seven eight nine ten '.repeat(8)

async function refusingPort(): Promise<string> {
  return new URL(await refusingBaseUrl()).port
}

function start(port: string, baseUrl: string, ...args: string[]) {
  return spawn(process.execPath, [join(import.meta.dirname, 'doctor.mjs'), ...args], {
    env: {
      PATH: process.env['PATH'],
      // Nothing listens on this port, so the script starts its own Tally.
      PORT: port,
      DATA_DIR: temporaryFolder(),
      TALLY_DISCOVER: '0',
      TALLY_PROVIDERS: '',
      OPENAI_API_KEY: 'sk-doctor-0123456789',
      OPENAI_BASE_URL: baseUrl,
      OPENAI_MODEL: 'gpt-4.1-mini',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function doctor(baseUrl: string, ...args: string[]) {
  const child = start(await refusingPort(), baseUrl, ...args)
  const exited = once(child, 'exit')
  const output = await text(child.stdout)
  const [code] = await exited
  return { output, code: Number(code) }
}

async function upstream() {
  const fake = await startFakeUpstream({ parts: [{ text: LONG }] }, { models: ['gpt-4.1-mini'] })
  onTestFinished(() => fake.close())
  return fake
}

test('it shows the cost of the check, and spends nothing without consent', async () => {
  const fake = await upstream()
  const { output, code } = await doctor(fake.baseUrl)

  expect(code).toBe(0)
  expect(output).toMatch(/, gpt-4\.1-mini\n/)
  expect(output).toMatch(/ {2}Tools +at most \$0\.\d+\n/)
  expect(output).toMatch(/ {2}Counting +free\n/)
  expect(output).toMatch(/^8 requests, 1 of them free, at most /m)
  expect(output).toContain('Add --yes to make the check.')
  expect(fake.calls).toHaveLength(0)
})

test('it runs the check and prints the findings', async () => {
  const fake = await upstream()
  const { output, code } = await doctor(fake.baseUrl, '--yes')

  expect(code).toBe(0)
  expect(output).toMatch(/ {2}Yes +Streams +The answer came in \d+ pieces/)
  expect(output).toMatch(/8 requests, ≈\$0\.\d+\. They are in the ledger/)
})

test('it ends quietly when its output is closed', async () => {
  const fake = await upstream()
  const child = start(await refusingPort(), fake.baseUrl, '--yes')
  const errors = text(child.stderr)
  const exited = once(child, 'exit')
  await once(child.stdout, 'data')
  child.stdout.destroy()
  expect(await exited).toEqual([0, null])
  expect(await errors).toBe('')
})

test('it fails if Tally cannot work with the endpoint', async () => {
  const { output, code } = await doctor(await refusingBaseUrl(), '--yes')

  expect(code).toBe(1)
  expect(output).toMatch(/ {2}No +Lists its models .* cannot be reached/)
  expect(output).not.toContain('sk-doctor')
})
