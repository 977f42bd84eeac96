import type { Api } from './api.ts'
import { expect } from './fixtures.ts'

/** Waits for the titles, which are generated and billed after the answers. */
export async function titlesPaid(api: Api, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { groups } = await api.usage('purpose')
      return groups.find(({ key }) => key === 'title')?.totals.calls ?? 0
    })
    .toBe(count)
}
