import { describe, expect, test } from 'vitest'
import { PriceBook as PriceBookAnswer, PriceExport } from '#shared/prices.ts'
import { MINE, ONE_AND_TWO, setPrice, withCalls } from '../../testing/prices.ts'

describe('the price book', () => {
  test('says how recent its data is and where a second source disagrees', async () => {
    const { get } = await withCalls()
    const book = PriceBookAnswer.parse(await get('/api/prices'))
    expect(book.base).toMatchObject({ name: 'genai-prices', version: expect.any(String) })
    expect(book.base.newestPrice).toMatch(/^2026-/)
    const large = book.disagreements.find(({ model }) => model === 'mistral-large-latest')
    expect(large).toMatchObject({
      provider: 'mistral',
      base: { inputPerMTok: 2_000_000_000 },
      second: { inputPerMTok: 500_000_000 },
      difference: ['input', 'output'],
      date: '2026-06-30',
    })
    expect(book.disagreements.map(({ model }) => model)).not.toContain('gpt-4o')
  })

  test('prices are set, replaced and removed', async () => {
    const served = await withCalls()
    const { get, send } = served
    const { id, version } = await setPrice(served, MINE)
    expect(version).toBe(1)
    const changed = await send('PUT', `/api/prices/overrides/${id}`, { ...MINE, note: 'new' })
    expect(await changed.json()).toMatchObject({ id, version: 2, note: 'new' })
    expect(await get('/api/prices')).toMatchObject({ overrides: [{ id, version: 2 }] })
    expect((await send('DELETE', `/api/prices/overrides/${id}`)).status).toBe(204)
    expect(await get('/api/prices')).toMatchObject({ overrides: [] })
    for (const method of ['PUT', 'DELETE']) {
      const gone = await send(method, `/api/prices/overrides/${id}`, MINE)
      expect(await gone.json()).toMatchObject({ status: 404, code: 'price_not_found' })
    }
  })

  test.each([
    [{ modelPattern: '' }, /modelPattern/],
    [{ rates: { inputPerMTok: 1.5, outputPerMTok: 1 } }, /rates\.inputPerMTok/],
    [{ rates: { inputPerMTok: -1, outputPerMTok: 1 } }, /rates\.inputPerMTok/],
    [{ effectiveFrom: 'yesterday' }, /effectiveFrom/],
    [{ effectiveFrom: '2026-11-02', effectiveTo: '2026-11-01' }, /ends before it begins/],
    [{ tiers: [{ rates: ONE_AND_TWO }] }, /needs a service tier or a threshold/],
  ])('refuses %j and says what is wrong', async (wrong, words) => {
    const { send } = await withCalls()
    const response = await send('POST', '/api/prices/overrides', { ...MINE, ...wrong })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(words) })
  })

  test('exported prices can be imported in the same order, added or replacing', async () => {
    const served = await withCalls()
    await setPrice(served, { ...MINE, note: 'older' })
    await setPrice(served, { ...MINE, note: 'newer', perHourNanoUsd: 7 })
    const file = PriceExport.parse(await served.get('/api/prices/export'))
    const notes = async (replace: boolean): Promise<string[]> => {
      const response = await served.send('POST', '/api/prices/import', { ...file, replace })
      const { overrides } = PriceBookAnswer.parse(await response.json())
      return overrides.map(({ note }) => note)
    }
    expect(await notes(true)).toEqual(['newer', 'older'])
    expect(await notes(false)).toEqual(['newer', 'older', 'newer', 'older'])
    expect(PriceExport.parse(await served.get('/api/prices/export')).overrides).toHaveLength(4)
  })
})
