import { readFile } from 'node:fs/promises'
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('a tool returns a picture and a file, which stay with its answer', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await chat.open()
  await chat.send('Chart apples 3, pears 5, plums 8')
  await expect(chat.answer.tryAgainButton).toBeVisible()

  const card = chat.answer.tool('make_chart')
  await expect(card).toContainText('Drew a bar chart')
  const picture = card.getByRole('button', { name: 'Open chart.png' })
  const read = 'Bar chart. apples: 3, pears: 5, plums: 8.'
  // The card is closed, and they show.
  await expect(card.getByText('"kind"')).toBeHidden()
  await expect(picture).toHaveAccessibleDescription(read)
  await expect
    .poll(() => picture.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(1024)
  const { width = 0, height = 0 } = (await picture.locator('img').boundingBox()) ?? {}
  expect(width).toBeLessThanOrEqual(390 - 32)
  expect(width / height).toBeCloseTo(2, 1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await expectNoViolations(page)

  const saving = page.waitForEvent('download')
  await card.getByRole('link', { name: /^Download chart\.csv, CSV · \d+ B$/ }).click()
  const path = test.info().outputPath('chart.csv')
  await (await saving).saveAs(path)
  expect(await readFile(path, 'utf8')).toBe('label,value\r\napples,3\r\npears,5\r\nplums,8\r\n')

  await picture.click()
  const dialog = page.getByRole('dialog', { name: 'chart.png' })
  await expect(dialog.getByRole('img', { name: read })).toBeVisible()
  await expect(dialog).toContainText(read)
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect(picture).toBeFocused()

  await page.reload()
  await expect(picture).toBeVisible()
  await chat.answer.openTool('make_chart')
  await card.getByRole('button', { name: 'Drop from context' }).click()
  await expect(card).toContainText('Dropped')
  await expect(picture).toBeVisible()
})
