import type { Response } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const GONE = '/api/conversations/01890000-0000-7000-8000-000000000000'

test('German is chosen under General, for the page and the server, and English again', async ({
  page,
}) => {
  const html = page.locator('html')
  await page.goto('/settings/general')
  await expect(html).toHaveAttribute('lang', 'en')
  await page.getByLabel('Language', { exact: true }).selectOption('Deutsch')

  await expect(page.getByRole('heading', { name: 'Allgemein' })).toBeVisible()
  await expect(html).toHaveAttribute('lang', 'de')
  const problem = await page.request.get(GONE)
  expect(await problem.json()).toMatchObject({ title: 'Diese Unterhaltung gibt es nicht' })
  await page.reload()
  await expect(page.getByLabel('Sprache')).toHaveValue('de')
  await expect(page.getByText('Kostet eine Unterhaltung weniger')).toBeVisible()

  await page.getByLabel('Sprache').selectOption('English')
  await expect(page.getByRole('heading', { name: 'General', exact: true })).toBeVisible()
  await expect(html).toHaveAttribute('lang', 'en')
})

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' })

  test('Tally is German from the start, and loads nothing in English', async ({ api, page }) => {
    const scripts: Promise<string>[] = []
    const keepScript = (response: Response) => {
      if (response.url().endsWith('.js')) scripts.push(response.text())
    }
    page.on('response', keepScript)
    await page.goto('/settings/general')
    await expect(page.getByLabel('Sprache')).toHaveValue('auto')
    await expect(page.getByRole('link', { name: 'Alles exportieren' })).toBeVisible()
    // The texts of a page that is left cannot be read.
    page.off('response', keepScript)
    const loaded = (await Promise.all(scripts)).join('')
    expect(loaded).toContain('Standardanweisungen')
    expect(loaded).not.toContain('Default instructions')

    await api.ended(await api.say('What is 17 * 23?'))
    await page.goto('/usage?demo=true')
    await expect(page.locator('dl').first()).toContainText(
      /Ausgegeben.*Modellaufrufe.*Cache.*Gedankengänge/,
    )
    await page.goto('/usage/reconcile')
    const buffer = Buffer.from('date,model,cost\n2026-11-02,m,0.5\n')
    const bill = { name: 'bill.csv', mimeType: 'text/csv', buffer }
    await page.locator('input[type=file]').setInputFiles(bill)
    const figures = page.getByRole('region', { name: 'Abgleich' }).locator('dl')
    await expect(figures).toContainText(/Laut Tally.*Laut Datei.*Unterschied.*berechneten Betrags/)
  })

  test('the keyboard goes to the next conversation', async ({ api, page }) => {
    const older = await api.createConversation({ title: 'Older' })
    const newer = await api.createConversation({ title: 'Newer' })
    await page.goto(`/c/${newer.id}`)
    const list = page.getByRole('navigation', { name: 'Unterhaltungen' })
    await expect(list.getByRole('link', { name: 'Older' })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Alt+ArrowDown')
    await expect(page).toHaveURL(`/c/${older.id}`)
  })
})
