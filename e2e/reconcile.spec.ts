import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { formatUsd } from '#shared/money.ts'
import { FakeOpenAiAdmin } from './fake-openai-admin.ts'
import { fillLedger } from './fill-ledger.ts'
import { expect, test } from './fixtures.ts'
import { ReconcilePage } from './pages/reconcile-page.ts'

const KEY = 'sk-admin-e2e-0123456789'
const ROWS = 24
const CENT = 10_000_000

test('a dropped bill is compared with the ledger, rows that differ first', async ({
  page,
  tally,
}) => {
  await tally.terminate()
  const calls = (await fillLedger(tally.dataDir, ROWS)).filter((call) => call.costNanoUsd !== null)
  await tally.start()
  const lines = calls.map((call, at) => {
    const nano = (call.costNanoUsd ?? 0) + (at === 3 ? CENT : 0)
    const time = call.startedAt.replace('T', ' ').replace('Z', '')
    return `gen-${at},${time},${(nano / 1e9).toFixed(9)},openai/${call.modelReturned ?? call.modelRequested}`
  })
  const csv = ['generation_id,created_at,cost_total,model_permaslug', ...lines].join('\n')
  const reconcile = new ReconcilePage(page)
  await reconcile.open()
  await reconcile.drop('activity.csv', csv)

  const billed = calls.reduce((all, { costNanoUsd }) => all + (costNanoUsd ?? 0), CENT)
  await expect(reconcile.result.getByRole('heading', { level: 2 })).toHaveText(
    `${formatUsd(billed - CENT)} of ${formatUsd(billed)} explained, $0.01 not`,
  )
  await expect(reconcile.result).toContainText(`1 of ${ROWS - 1} rows differs.`)
  await expect(reconcile.rows.first()).toContainText(/Differs.*−\$0\.01/)
  await expect(reconcile.rows.nth(1)).toContainText('Same')
  const sum = calls.reduce((all, { costNanoUsd }) => all + (costNanoUsd ?? 0), 0)
  await expect(reconcile.result.locator('dl')).toContainText(`Tally says${formatUsd(sum)}`)
  await expect(reconcile.result.locator('dl')).toContainText(
    `OpenRouter says${formatUsd(sum + CENT)}`,
  )

  const saving = page.waitForEvent('download')
  await reconcile.result.getByRole('button', { name: 'CSV' }).click()
  const saved = await readFile(await (await saving).path(), 'utf8')
  expect(saved.trim().split('\r\n')).toHaveLength(ROWS)
  expect(saved).toContain(',-0.01\r\n')

  await reconcile.provider.selectOption('local')
  await expect(reconcile.result).toContainText('Only at OpenRouter')
  await reconcile.drop('names.csv', 'name,age\nA,1\n')
  await expect(page.getByRole('alert')).toContainText('This file has the columns name, age.')
  await expect(reconcile.result).toHaveCount(0)

  await reconcile.drop('activity.csv', csv)
  await reconcile.rows.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/usage\?from=.*&model=model-\d/)
})

test('costs are requested from OpenAI with a key that is not stored', async ({
  guard,
  page,
  tally,
}) => {
  guard.allow(/status of 400/)
  await tally.terminate()
  const calls = await fillLedger(tally.dataDir, ROWS)
  const call = calls.find(
    ({ provider, costNanoUsd }) => provider === 'openai' && costNanoUsd !== null,
  )
  const { startedAt = '', costNanoUsd = 0, modelRequested = '' } = call ?? {}
  const day = startedAt.slice(0, 10)
  await using books = await FakeOpenAiAdmin.open(KEY, {
    costs: [{ day, line_item: `${modelRequested}, input`, value: (costNanoUsd ?? 0) / 1e9 }],
    completions: [{ day, model: modelRequested, num_model_requests: 1 }],
  })
  await tally.start({ TALLY_OPENAI_ADMIN_URL: books.url })
  const reconcile = new ReconcilePage(page)
  await reconcile.open()
  await page.reload()
  await reconcile.askOpenAi('sk-wrong', day, day)
  await expect(page.getByRole('alert')).toContainText('OpenAI does not take this key.')

  await reconcile.askOpenAi(KEY, day, day)
  await expect(reconcile.result).toContainText('The only call agrees')
  await expect(reconcile.rows.first()).toContainText('1 call')
  expect(books.keys.filter((key) => key === `Bearer ${KEY}`)).toHaveLength(2)

  expect(tally.output).not.toContain(KEY)
  for (const name of await readdir(tally.dataDir)) {
    expect((await readFile(path.join(tally.dataDir, name))).includes(KEY), name).toBe(false)
  }
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(
    KEY,
  )
})
