import { expect, test } from './fixtures.ts'

test.describe('with a provider', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('the examples give way to recent conversations, in the column of the composer', async ({
    chat,
    page,
  }) => {
    await chat.open()
    const examples = page.getByRole('button', { name: /Refund order 1042/ })
    await expect(examples).toBeVisible()
    await chat.send('Plan a week in Lisbon')
    await expect(chat.answer.tryAgainButton).toBeVisible()

    await chat.open()

    const recent = page.getByRole('list', { name: 'Recent conversations' })
    await expect(recent.getByRole('link')).toHaveCount(1)
    await expect(examples).toBeHidden()
    const card = await recent.boundingBox()
    const composer = await page.locator('div:has(> textarea)').boundingBox()
    expect(card?.x).toBe(composer?.x)
    await recent.getByRole('link').click()
    await expect(chat.questions).toHaveText(/Lisbon/)
  })
})

test('an example goes without what is attached, which stays for the next message', async ({
  chat,
  page,
}) => {
  await chat.open()
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach' }).click()
  const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Buy milk.') }
  await (await choosing).setFiles(file)
  const attached = page.getByRole('list', { name: 'Attached files' })
  await expect(attached).toContainText('Whole file')
  await page.getByRole('button', { name: /Watch two tools/ }).click()
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.questionAt(0).root).not.toContainText('notes.txt')
  await expect(attached).toContainText('notes.txt')
  await chat.send('What is in it?')
  await expect(chat.questionAt(1).root).toContainText('notes.txt')
})

test('nothing moves when the typeface comes late', async ({ chat, page }) => {
  const asked = page.waitForRequest('**/*.woff2')
  await page.route('**/*.woff2', async (route) => {
    await expect(page.getByText('What do you want to know?')).toBeVisible()
    await route.continue()
  })
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(globalThis, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push('value' in entry ? Number(entry.value) : 1)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await chat.open()
  await asked
  await page.evaluate(() => document.fonts.ready)
  expect(await page.evaluate(() => document.fonts.check('16px Inter'))).toBe(true)
  await page.evaluate(() => new Promise(requestAnimationFrame))

  const shifts = await page.evaluate(() => Reflect.get(globalThis, 'shifts') as number[])
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.01)
})
