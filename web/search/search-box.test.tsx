import { expect, test } from 'vitest'
import { all, find, show, until } from '../testing/screen.tsx'
import { SearchBox } from './search-box.tsx'

test('the filters are there before anything is typed, and add themselves', async () => {
  show(<SearchBox onNavigate={undefined}>Conversations</SearchBox>, () => ({
    items: [],
    nextCursor: null,
  }))
  const filters = await find('button', 'Search filters')
  filters.click()
  const tool = await find('li button', /^tool:/)
  expect(document.body.textContent).toContain('Conversations')
  tool.click()
  const [field] = all('input[type=search]')
  await until(() => expect(field).toHaveProperty('value', 'tool:'))
  expect(document.activeElement).toBe(field)
})
