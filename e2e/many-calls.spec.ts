import { formatUsd } from '#shared/money.ts'
import { addCall, type ModelCall, NO_CALLS } from '#shared/ledger.ts'
import { UsageSummary } from '#shared/api.ts'
import { fillLedger } from './fill-ledger.ts'
import { expect, test } from './fixtures.ts'

const ROWS = 100_000
const MODEL = 'model-3'

test('a hundred thousand calls are summed exactly and fast, filtered and exported', async ({
  api,
  page,
  tally,
  usage,
}) => {
  test.setTimeout(300_000)
  await tally.terminate()
  const calls = await fillLedger(tally.dataDir, ROWS)
  await tally.start()
  const ofModel = calls.filter((call) => modelOf(call) === MODEL)

  await page.goto('/usage?days=all')
  await expect(usage.spent).toHaveText(`≥${formatUsd(sumOf(calls))}`)
  await expect(page.getByText('100,000', { exact: true })).toBeVisible()
  await expect(usage.byConversation.getByRole('row')).toHaveCount(26)

  const row = usage.byModel.getByRole('row').filter({ hasText: MODEL })
  await row.getByRole('link', { name: MODEL, exact: true }).click()
  await expect(page).toHaveURL(/[?&]model=model-3/)
  await expect(usage.spent).toHaveText(`≥${formatUsd(sumOf(ofModel))}`)
  await expect(usage.calls.getByRole('row')).toHaveCount(51)
  await page.getByRole('button', { name: 'Show more' }).last().click()
  await expect(usage.calls.getByRole('row')).toHaveCount(101)
  await usage.calls.getByRole('button').first().click()
  await expect(page.getByRole('dialog', { name: 'Receipt' })).toContainText(MODEL)
  await page.keyboard.press('Escape')

  const link = page.getByRole('link', { name: 'CSV' })
  const begun = performance.now()
  const csv = await (await api.request((await link.getAttribute('href')) ?? '')).text()
  const wholeFile = (performance.now() - begun) * (ROWS / ofModel.length)
  expect(addUp(csv)).toEqual({
    rows: ofModel.length,
    nanoUsd: sumOf(ofModel),
    inputTokens: ofModel.reduce((sum, call) => sum + (call.inputTokens ?? 0), 0),
  })

  // Reading sums or an index takes a small part of the time of reading every row.
  for (const query of ['by=conversation', 'by=model&series=day', 'by=conversation&purpose=chat']) {
    const { ms, totals } = await fastest(() => api.request(`/api/usage/summary?${query}`))
    const meant = query.includes('purpose')
      ? calls.filter((call) => call.purpose === 'chat')
      : calls
    expect(totals, query).toEqual(meant.reduce(addCall, NO_CALLS))
    expect(ms, `${query}: ${ms} ms, the file ${wholeFile} ms`).toBeLessThan(wholeFile / 4)
  }
})

async function fastest(ask: () => Promise<Response>) {
  let best = Infinity
  let body: unknown
  for (let round = 0; round < 3; round += 1) {
    const begun = performance.now()
    body = await (await ask()).json()
    best = Math.min(best, performance.now() - begun)
  }
  return { ms: best, totals: UsageSummary.parse(body).totals }
}

function addUp(csv: string) {
  const [head = '', ...lines] = csv.trim().split('\r\n')
  const names = head.split(',')
  // No field before the JSON columns contains a comma.
  const cell = (line: string, name: string) => Number(line.split(',')[names.indexOf(name)])
  return {
    rows: lines.length,
    nanoUsd: lines.reduce((sum, line) => sum + cell(line, 'costNanoUsd'), 0),
    inputTokens: lines.reduce((sum, line) => sum + cell(line, 'inputTokens'), 0),
  }
}

function sumOf(calls: ModelCall[]): number {
  return calls.reduce((sum, call) => sum + (call.costNanoUsd ?? 0), 0)
}

function modelOf(call: ModelCall): string {
  return call.modelReturned ?? call.modelRequested
}
