import { beforeEach, expect, test } from 'vitest'
import { PriceOverride, type SetPriceInput } from '#shared/prices.ts'
import {
  all,
  type RecordedRequest,
  find,
  names,
  show,
  until,
  write,
} from '../../testing/screen.tsx'
import { PricesSection } from './prices-section.tsx'

const RATES = { inputPerMTok: 2_500_000_000, outputPerMTok: 10_000_000_000 }
const SUM = { costNanoUsd: 1_000_000, certainty: 'computed', unpricedCalls: 0 }

let overrides: PriceOverride[]
let batches: { id: string; status: string }[]

beforeEach(() => {
  overrides = []
  batches = []
})

test('a price is saved in exact decimals and listed', async () => {
  const asked = open()
  const add = await find('button', 'Add a price')
  add.click()
  write(await find('input', 'Model or pattern'), 'gpt-4o*')
  write(await find('input', 'Provider'), 'openai')
  write(await find('input', 'Input'), '0,1')
  write(await find('input', 'Cached input'), '.003625')
  write(await find('input', 'Output'), '0.3')
  const save = await find('button', 'Save')
  save.click()

  await find('th[scope=row]', /gpt-4o\*/)
  expect(bodiesOf(asked, 'POST', '/api/prices/overrides')).toMatchObject([
    {
      modelPattern: 'gpt-4o*',
      provider: 'openai',
      rates: {
        inputPerMTok: 100_000_000,
        cachedInputPerMTok: 3_625_000,
        cacheWritePerMTok: null,
        outputPerMTok: 300_000_000,
      },
    },
  ])
  expect(names('dialog')).toEqual([])
})

test('invalid fields are marked, and nothing is sent', async () => {
  const asked = open()
  const add = await find('button', 'Add a price')
  add.click()
  write(await find('input', 'Model or pattern'), 'x')
  write(await find('input', 'Input'), 'cheap')
  const save = await find('button', 'Save')
  save.click()

  await find('[role=alert]', 'Look at the fields marked in red.')
  expect(names('input[aria-invalid]')).toEqual(['Input', 'Output'])
  expect(bodiesOf(asked, 'POST', '/api/prices/overrides')).toEqual([])
})

test('a server that is paid by the hour needs no token rates', async () => {
  const asked = open()
  const add = await find('button', 'Add a price')
  add.click()
  write(await find('input', 'Model or pattern'), '*')
  write(await find('input', 'US dollars per hour'), '0.5')
  const save = await find('button', 'Save')
  save.click()

  await until(() =>
    expect(bodiesOf(asked, 'POST', '/api/prices/overrides')).toMatchObject([
      { perHourNanoUsd: 500_000_000, rates: { inputPerMTok: 0, outputPerMTok: 0 } },
    ]),
  )
})

test('editing starts from the saved price, including tiers and days', async () => {
  set({
    modelPattern: 'grok-*',
    rates: RATES,
    tiers: [{ threshold: { inputTokens: 200_000, inclusive: true }, rates: RATES }],
    effectiveFrom: '2026-11-01',
  })
  const asked = open()
  const edit = await find('button', 'Edit the price for grok-*')
  edit.click()
  write(await find('input', 'Note'), 'by contract')
  const save = await find('button', 'Save')
  save.click()

  await until(() =>
    expect(bodiesOf(asked, 'PUT', '/api/prices/overrides/o-1')).toMatchObject([
      {
        note: 'by contract',
        effectiveFrom: '2026-11-01',
        tiers: [{ threshold: { inputTokens: 200_000, inclusive: true }, rates: RATES }],
      },
    ]),
  )
})

test('a deleted price can be restored', async () => {
  set({ modelPattern: 'gpt-4o', rates: RATES })
  const asked = open()
  const remove = await find('button', 'Delete the price for gpt-4o')
  remove.click()
  await find('p', 'No prices of your own')
  const undo = await find('output button', 'Undo')
  undo.click()

  await find('th[scope=row]', 'gpt-4o')
  expect(bodiesOf(asked, 'POST', '/api/prices/overrides')).toMatchObject([
    { modelPattern: 'gpt-4o', rates: RATES },
  ])
})

test('a link from an unpriced receipt opens the dialog with its model', async () => {
  history.replaceState(null, '', '/settings/prices?provider=proxy&model=home-made')
  open()

  expect(await find('input', 'Model or pattern')).toHaveProperty('value', 'home-made')
  expect(await find('input', 'Provider')).toHaveProperty('value', 'proxy')
})

test('the price data shows its date and a table of disagreements', async () => {
  open()
  await find('p', /genai-prices 0\.1\.8, with prices up to 2026-09-02/)

  const row = await find('tr', /mistral-large/)
  expect(row.textContent).toBe('mistral/mistral-largeInput$2.00$0.50Somewhere, 2026-06-30')
})

test('repricing needs a preview and can be undone', async () => {
  const asked = open()
  const reprice = await find('button', 'Reprice…')
  reprice.click()
  write(await find('input', 'Model'), 'gpt-4o')
  expect(names('button')).not.toContain('Apply')
  const preview = await find('button', 'Preview')
  preview.click()
  await find('caption', /What would change/)
  expect(all('dialog tbody tr').map(({ textContent }) => textContent)).toEqual([
    'Trip to Bergen2$0.0035$0.001−$0.0025',
  ])
  const apply = await find('button', 'Apply')
  apply.click()

  const undo = await find('tr button', 'Undo')
  undo.click()
  await find('td', 'Undone')
  const filter = { from: null, to: null, provider: null, model: 'gpt-4o' }
  expect(bodiesOf(asked, 'POST', '/api/prices/reprice')).toEqual([
    { ...filter, preview: true },
    { ...filter, preview: false },
  ])
})

function open(): RecordedRequest[] {
  return show(<PricesSection />, answer)
}

function set(price: SetPriceInput): void {
  overrides = [toOverride(price), ...overrides]
}

function toOverride(price: unknown): PriceOverride {
  const id = `o-${overrides.length + 1}`
  const createdAt = '2026-11-20T10:00:00.000Z'
  return PriceOverride.parse({ ...(price as object), id, version: 1, createdAt })
}

function answer({ method, path, body }: RecordedRequest): unknown {
  if (path === '/api/models') return { items: [], nextCursor: null, default: null }
  if (path === '/api/prices') return book()
  if (path === '/api/prices/reprice') return reprice(method, body)
  if (path.endsWith('/undo')) return change('undone')
  if (method === 'DELETE') {
    overrides = []
    return new Response(null, { status: 204 })
  }
  overrides = [toOverride(body), ...overrides.filter(({ id }) => !path.endsWith(id))]
  return overrides[0]
}

function reprice(method: string, body: unknown): unknown {
  if (method === 'GET') return { items: batches.map(toBatch), nextCursor: null }
  if (!(body as { preview: boolean }).preview) return change('done')
  const before = { ...SUM, costNanoUsd: 3_500_000 }
  const group = { conversationId: 'c-1', title: 'Trip to Bergen', rows: 2, before, after: SUM }
  return { rows: 5, changed: 2, before, after: SUM, conversations: [group] }
}

function change(status: string): unknown {
  batches = [{ id: 'b-1', status }]
  return toBatch({ id: 'b-1', status })
}

function toBatch(batch: { id: string; status: string }): unknown {
  const filter = { from: null, to: null, provider: null, model: 'gpt-4o' }
  return { ...batch, at: '2026-11-20T10:00:00.000Z', filter, changed: 2, kept: 0 }
}

function book(): unknown {
  const none = { cachedInputPerMTok: null, cacheWritePerMTok: null }
  return {
    base: { name: 'genai-prices', version: '0.1.8', newestPrice: '2026-09-02' },
    second: { models: 49, from: '2026-04-19', to: '2026-11-20' },
    disagreements: [
      {
        provider: 'mistral',
        model: 'mistral-large',
        base: { ...none, inputPerMTok: 2_000_000_000, outputPerMTok: 6_000_000_000 },
        second: { ...none, inputPerMTok: 500_000_000, outputPerMTok: 6_000_000_000 },
        difference: ['input'],
        source: 'Somewhere',
        date: '2026-06-30',
      },
    ],
    overrides,
  }
}

function bodiesOf(asked: RecordedRequest[], method: string, path: string): unknown[] {
  return asked.filter((one) => one.method === method && one.path === path).map(({ body }) => body)
}
