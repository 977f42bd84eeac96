import * as z from 'zod/mini'
import { expect, test } from './fixtures.ts'
import { SERVER_GONE } from './page-guard.ts'

const Manifest = z.object({
  name: z.string(),
  start_url: z.literal('/'),
  display: z.literal('standalone'),
  icons: z.array(z.object({ src: z.string(), sizes: z.string() })),
})

test('Tally can be installed, and says so while the server does not answer', async ({
  chat,
  guard,
  page,
  tally,
}) => {
  await chat.open()
  const link = page.locator('link[rel=manifest]')
  const answer = await page.request.get((await link.getAttribute('href')) ?? '')
  const manifest = Manifest.parse(await answer.json())
  for (const { src } of manifest.icons) {
    const icon = await page.request.get(src)
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/png'])
  }
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.root).toContainText('391')
  expect(await page.evaluate(() => caches.keys())).toEqual([])

  guard.allow(SERVER_GONE, /503/)
  await tally.terminate()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Tally does not answer' })).toBeVisible()
  await expect(page.getByText('stored there, not in this browser')).toBeVisible()

  await tally.start()
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(chat.answer.root).toContainText('391')
})
