import { pathToFileURL } from 'node:url'
import { expectNoViolations, violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('a conversation is shared as a page that opens from disk and loads nothing', async ({
  api,
  browser,
  chat,
  page,
}) => {
  const run = await api.say('What is 2+2?')
  await api.ended(run)
  const title = 'Sum </title>'
  await api.updateConversation(run.conversationId, { title })
  await chat.openConversation(run.conversationId)
  await page.getByRole('button', { name: 'Conversation menu' }).click()
  await page.getByRole('menuitem', { name: 'Share…' }).click()

  const dialog = page.getByRole('dialog', { name: 'Share conversation' })
  await expect(dialog).toContainText('2 messages, 1 tool call, no files, no reasoning, no receipt')
  await expectNoViolations(page)
  await dialog.getByRole('checkbox', { name: 'Tool calls' }).uncheck()
  await expect(dialog).toContainText('2 messages, no tool calls')
  await dialog.getByRole('checkbox', { name: 'Tool calls' }).check()
  await dialog.getByRole('checkbox', { name: 'Receipt' }).check()
  await expect(dialog).toContainText('the receipt')
  const saving = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download page' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe('Sum title.html')
  await expect(dialog).toBeHidden()

  const path = test.info().outputPath('shared.html')
  await download.saveAs(path)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const shared = await context.newPage()
  const requests: string[] = []
  shared.on('request', (request) => requests.push(request.url()))
  await shared.goto(pathToFileURL(path).href)
  await expect(shared.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(shared.getByRole('article', { name: 'You' })).toContainText('What is 2+2?')
  const answer = shared.getByRole('article', { name: 'Assistant' })
  await answer.getByText('Tool: calculate').click()
  await expect(answer.getByText('"expression"')).toBeVisible()
  await expect(shared.getByRole('table')).toContainText('demo')
  for (const colorScheme of ['light', 'dark'] as const) {
    await shared.emulateMedia({ colorScheme })
    expect(await violations(shared)).toEqual([])
    await shared.screenshot({ path: test.info().outputPath(`${colorScheme}.png`), fullPage: true })
  }
  const width = await shared.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBe(390)
  expect(requests).toHaveLength(1)
  await context.close()
})
