import { afterEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { bff } from './testing/chat.tsx'
import { find, names, show } from './testing/screen.tsx'

vi.mock('./usage/usage-page.tsx', () => {
  throw new Error('Failed to fetch dynamically imported module')
})
afterEach(() => vi.restoreAllMocks())

test('a page that cannot be loaded shows an error and keeps the conversation list', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  history.replaceState(null, '', '/usage')
  show(<App />, (asked) => bff.answer({ ...asked, key: null }))

  await find('h1', 'A part of this page could not be shown')
  expect(names('button')).toContain('Reload the page')
  const link = await find('nav a', 'About c1')
  link.click()
  await find('h1', 'About c1')
})

test('an unknown address shows a message', async () => {
  history.replaceState(null, '', '/nowhere/at/all')
  show(<App />, (asked) => bff.answer({ ...asked, key: null }))

  await find('p', 'There is nothing at this address')
  expect(names('a')).toContain('Start a new chat')
})
