import { expect, test, vi } from 'vitest'

test('loading the footers does not make formats of dates, which would hold up a streaming answer', async () => {
  vi.resetModules()
  const made = vi.spyOn(Intl, 'DateTimeFormat')

  await import('./answer-footer.tsx')

  expect(made).not.toHaveBeenCalled()
})
