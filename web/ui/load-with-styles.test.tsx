import { afterEach, expect, test, vi } from 'vitest'
import { loadWithStyles } from './load-with-styles.ts'

afterEach(() => document.head.replaceChildren())

const links = () => [...document.head.querySelectorAll('link')]
const part = async () => 'part'

test('a part is there when its styles are, which load once', async () => {
  const done = vi.fn<(part: string) => void>()
  const load = async () => done(await loadWithStyles(part, ['assets/a.css']))
  const first = load()
  const second = load()
  await part()
  expect(links().map((link) => link.getAttribute('href'))).toEqual(['/assets/a.css'])
  expect(done).not.toHaveBeenCalled()

  links()[0]?.dispatchEvent(new Event('load'))
  await Promise.all([first, second])
  expect(done).toHaveBeenCalledTimes(2)
})

test('styles of the page itself are not loaded again', async () => {
  document.head.innerHTML = '<link rel="stylesheet" href="/assets/page.css">'
  expect(await loadWithStyles(part, ['assets/page.css'])).toBe('part')
  expect(links()).toHaveLength(1)
})

test('a part fails with its styles, and the next attempt loads them again', async () => {
  const failed = loadWithStyles(part, ['assets/b.css'])
  links()[0]?.dispatchEvent(new Event('error'))
  await expect(failed).rejects.toThrow('Unable to preload CSS for /assets/b.css')

  const again = loadWithStyles(part, ['assets/b.css'])
  expect(links()).toHaveLength(1)
  links()[0]?.dispatchEvent(new Event('load'))
  expect(await again).toBe('part')
})
