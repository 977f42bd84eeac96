import { afterEach, expect, test, vi } from 'vitest'
import { SearchableGroups } from './searchable-groups.ts'

afterEach(() => vi.useRealTimers())

test('the texts of groups are made when no other groups have been mounted for a while', () => {
  vi.useFakeTimers()
  const draw = vi.fn<(group: number) => string>((group) => `Group ${group}`)
  const groups = new SearchableGroups({ draw, onFound: () => {} })
  const element = document.createElement('span')

  for (let end = 3; end < 20; end += 1) {
    groups.update([{ element, start: 1, end }])
    vi.advanceTimersByTime(300)
  }
  expect(draw).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)

  expect(element.children).toHaveLength(18)
  expect(draw).toHaveBeenCalledTimes(18)
})
