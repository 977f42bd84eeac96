import { expect, test, vi } from 'vitest'
import type { ModelCall } from '#shared/ledger.ts'
import { addCall, NO_CALLS } from '#shared/ledger.ts'
import { all, type RecordedRequest, find, names, Refusal, show } from '../testing/screen.tsx'
import { aCall } from '../testing/call.ts'
import { ReceiptDialog } from './receipt-dialog.tsx'

test('a call shows its model, lines, amount and the source of its price', async () => {
  open([aCall({ modelReturned: 'gpt-5.6-luna-2026-07-30', requestId: 'req_1' })])
  const card = await find('article', /./)

  expect(card.textContent).toContain('Requested: gpt-5.6-luna')
  expect(rows()).toEqual([
    'Fresh input2,324$1.250$0.002905',
    'Cached input4,096$0.125$0.000512',
    'Output710$10.000$0.007100',
    'of which reasoning256in the output',
    'Amount$0.010517',
  ])
  expect(facts()).toMatchObject({
    Price: 'The provider’s own list',
    'Price source': 'genai-prices 0.1.8, openai/gpt-5.6-luna',
    'In force since': '2026-07-30',
    Tier: 'default',
    'Time to first token': '400 ms',
    Speed: '355 tokens/s',
    'Response id': 'resp_1',
    'Request id': 'req_1',
  })
  expect(card.textContent).toContain('Computed from reported tokens × dated price')
})

test('an amount reported by the provider overrides the sum of its lines', async () => {
  open([aCall({ certainty: 'reported', costNanoUsd: 10_600_123 })])
  await find('article', /Reported by the provider/)

  expect(rows().slice(-2)).toEqual([
    'The provider’s amount less these lines$0.000083123',
    'Amount$0.010600123',
  ])
})

test('retries, failures and estimates are labelled', async () => {
  const nothing = { inputTokens: null, cachedInputTokens: null, outputTokens: null, price: null }
  open([
    aCall({ id: '1', status: 'failed', ...nothing, costNanoUsd: 0 }),
    aCall({ id: '3', price: null, costNanoUsd: null, certainty: 'unknown' }),
    aCall({ id: '2', attempt: 2, status: 'stopped', certainty: 'estimated', rawUsage: null }),
  ])
  const failed = await find('article', /Failed/)
  const stopped = await find('article', /Stopped/)

  expect(failed.textContent).toContain('The provider reported no tokens for this call.')
  expect(failed.textContent).toContain('Not billed: the request failed')
  expect(stopped.textContent).toContain('Attempt 2')
  expect(stopped.textContent).toContain('≈$0.01052')
  expect(stopped.textContent).toContain('≈2,324')
  expect(document.body.textContent).toContain('Total≥$0.010517')
})

test('an answer with only failed requests is labelled as not billed', async () => {
  const nothing = { inputTokens: null, cachedInputTokens: null, outputTokens: null, price: null }
  open([aCall({ id: '1', status: 'failed', ...nothing, costNanoUsd: 0 })])
  await find('article', /Failed/)

  expect(document.body.textContent).not.toContain('Computed from reported tokens')
})

test('an unpriced call links to the price dialog for its model', async () => {
  const unpriced = { price: null, costNanoUsd: null, certainty: 'unknown' } as const
  open([aCall({ ...unpriced, modelReturned: 'home made', provider: 'my proxy' })])
  const link = await find('article a', 'Add a price')

  expect(link.getAttribute('href')).toBe('/settings/prices?provider=my+proxy&model=home+made')
  expect(link.parentElement?.textContent).toContain('No list has a price for home made at my proxy')
})

test('a corrected row shows when, why and its earlier amount', async () => {
  const at = '2026-11-20T11:00:00.000Z'
  const corrections = [
    { at, reason: 'reprice' as const, costBefore: null, costAfter: 12_000_000 },
    { at, reason: 'undo' as const, costBefore: 12_000_000, costAfter: 10_517_000 },
  ]
  open([aCall({ corrections })])
  await find('article li', /./)

  expect(names('article li')).toEqual([
    expect.stringMatching(/^Priced again by you on .*: unpriced became \$0\.012$/),
    expect.stringMatching(/^Pricing again was undone on .*: \$0\.012 became \$0\.010517$/),
  ])
})

test('server time has its own line', async () => {
  const lines = [
    { kind: 'input' as const, quantity: 10, perMillion: 0, amountNanoUsd: 0 },
    { kind: 'time' as const, quantity: 10_000, perMillion: 138_888_889, amountNanoUsd: 1_388_889 },
  ]
  open([aCall({ lines, costNanoUsd: 1_388_889 })])
  await find('article', /./)

  expect(rows()).toContain('Server time10.0 s$0.50 / h$0.001388889')
})

test('raw usage is shown verbatim', async () => {
  open([aCall()])

  expect((await find('pre', /./)).textContent).toBe('{\n  "prompt_tokens": 6420\n}')
})

test('the receipt can be copied as text that adds up', async () => {
  const written: string[] = []
  const writeText = async (text: string) => void written.push(text)
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  open([aCall()])
  const copy = await find('button', 'Copy as text')
  copy.click()
  await find('output p', 'Receipt copied.')

  expect(written[0]).toContain('Fresh input: 2,324 tokens × $1.25 per million = $0.002905')
  expect(written[0]).toContain('Total: $0.010517')
})

test('a receipt that cannot be loaded shows the cause, and one without calls a message', async () => {
  let broken = true
  show(<Receipt />, () => (broken ? new Refusal('The disk is full.') : receipt([])))
  await find('[role=alert]', /The disk is full/)
  broken = false
  const retry = await find('button', 'Try again')
  retry.click()

  expect(await find('p', 'No model call yet')).toBeTruthy()
})

test('a receipt says what is still counted and what could not be', async () => {
  const estimate = { status: 'stopped', certainty: 'estimated', rawUsage: null } as const
  const at = '2026-11-20T10:00:05.000Z'
  const corrections = [{ at, reason: 'finished_counting' as const, costBefore: 1, costAfter: 2 }]
  show(<Receipt />, () => receipt([aCall({ ...estimate, corrections })], true))

  await find('p', /the provider is still asked what it used/)
  await find('li', /^Counted on after you stopped it/)
  expect(await find('li', /never reported usage/)).toBeTruthy()
})

test('focus starts at the title, within the part that scrolls', async () => {
  open([aCall()])
  const title = await find('h2', 'Receipt')

  expect(document.activeElement).toBe(title)
})

function Receipt() {
  return <ReceiptDialog runId="run" open onOpenChange={() => {}} />
}

function open(items: ModelCall[]): RecordedRequest[] {
  return show(<Receipt />, () => receipt(items))
}

function receipt(items: ModelCall[], counting = false) {
  return { items, nextCursor: null, totals: items.reduce(addCall, NO_CALLS), counting }
}

function rows(): string[] {
  return names('article tbody tr, article tfoot tr')
}

function facts(): Record<string, string> {
  return Object.fromEntries(
    all('dl > div').map((pair) => [
      pair.querySelector('dt')?.textContent,
      pair.querySelector('dd')?.textContent,
    ]),
  ) as Record<string, string>
}
