import type { Api } from './api.ts'
import { expect } from './fixtures.ts'

/** Titles are made behind the answer, and paid then: only after that do sums stand still. */
export async function titlesPaid(api: Api, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { groups } = await api.usage('purpose')
      return groups.find(({ key }) => key === 'title')?.totals.calls ?? 0
    })
    .toBe(count)
}
