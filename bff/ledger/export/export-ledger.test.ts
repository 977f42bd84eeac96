import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { ledgerRoutes } from '../routes.ts'
import { databaseWith } from '../../testing/ledger-calls.ts'
import { correctCall } from '../calls/correction-store.ts'

async function exportOf(
  ...calls: Partial<ModelCall>[]
): Promise<{ db: Database; get: (path: string) => Promise<Response> }> {
  const db = await databaseWith(calls)
  return { db, get: async (path) => ledgerRoutes({ db, isCounting: () => false }).request(path) }
}

describe('the CSV', () => {
  test('has a header and one line per row of the period', async () => {
    const { get } = await exportOf(
      { startedAt: '2026-11-02T12:00:00.000Z' },
      { startedAt: '2026-11-01T12:00:00.000Z' },
      { startedAt: '2026-11-04T12:00:00.000Z' },
    )
    const response = await get('/api/usage/export.csv?to=2026-11-03')
    expect(response.headers.get('content-type')).toContain('text/csv')
    expect(response.headers.get('content-disposition')).toContain('attachment')
    const lines = (await response.text()).split('\r\n')
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      'startedAt',
      '2026-11-01T12:00:00.000Z',
      '2026-11-02T12:00:00.000Z',
      '',
    ])
  })

  test('quotes as RFC 4180 says and disarms formulas', async () => {
    const { get } = await exportOf({
      agent: '=HYPERLINK("http://evil")',
      modelReturned: 'a "quoted", name\r\nof two lines',
      provider: '@SUM(A1)',
      finishReason: '-1+1',
      serviceTier: 'a;=1+1;"@b\n-c;d-e',
      costNanoUsd: 123,
    })
    const text = await (await get('/api/usage/export.csv')).text()
    expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(text).toContain('"a ""quoted"", name\r\nof two lines"')
    expect(text).toContain(`,'@SUM(A1),`)
    expect(text).toContain(`,'-1+1,`)
    expect(text).toContain(`"a;'=1+1;'""@b\n'-c;d-e"`)
    expect(text).toContain(',123,0.000000123,computed,')
  })
})

describe('the JSON', () => {
  test('is an array of the rows of the period with their corrections', async () => {
    const { db, get } = await exportOf(
      { startedAt: '2026-11-02T12:00:00.000Z', id: 'corrected', costNanoUsd: 900 },
      { startedAt: '2026-11-01T12:00:00.000Z' },
      { startedAt: '2026-11-04T12:00:00.000Z' },
    )
    await db.transaction((trx) => correctCall(trx, 'corrected', { costNanoUsd: 400 }, 'reprice'))
    const response = await get('/api/usage/export.json?to=2026-11-03')
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(response.headers.get('content-disposition')).toContain('tally-ledger.json')
    const [first, second, ...more] = z.array(ModelCall).parse(await response.json())
    expect(first?.startedAt).toBe('2026-11-01T12:00:00.000Z')
    expect(second).toMatchObject({ id: 'corrected', costNanoUsd: 400 })
    expect(second?.corrections).toMatchObject([{ costBefore: 900, costAfter: 400 }])
    expect(more).toEqual([])
  })

  test('spans several pages of rows, and is an empty array without rows', async () => {
    const { get } = await exportOf(...Array.from({ length: 501 }, () => ({})))
    const all = await (await get('/api/usage/export.json')).json()
    expect(z.array(ModelCall).parse(all)).toHaveLength(501)
    expect(await (await get('/api/usage/export.json?to=2026-11-01')).json()).toEqual([])
  })
})
