import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const REFUSAL = 'Files and images cannot be attached yet.'

test('a file dropped on the page is refused with a message', async ({ chat, page }, testInfo) => {
  const file = testInfo.outputPath('notes.txt')
  await writeFile(file, 'Notes')
  await chat.open()
  await chat.composer.fill('Half a thought')
  await dropFile(page, file)

  await expect(page.getByText(REFUSAL)).toBeVisible()
  await expect(chat.composer).toHaveValue('Half a thought')
  await page.getByRole('link', { name: 'Usage' }).click()
  await dropFile(page, file)
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible()
})

test('a pasted image is refused, and text that comes with one is pasted', async ({
  chat,
  page,
}) => {
  await chat.open()
  await chat.composer.focus()
  await pasteImage(page, null)
  await expect(page.getByText(REFUSAL)).toBeVisible()

  expect(await pasteImage(page, 'A cell')).toBe(false)
  await expect(page.getByText(REFUSAL)).toHaveCount(1)
})

/** Drops a file as if dragged from the desktop. */
async function dropFile(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data })
  }
  await session.detach()
}

/** Returns whether the page prevented the default paste. */
function pasteImage(page: Page, text: string | null): Promise<boolean> {
  return page.evaluate((beside) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File(['x'], 'image.png', { type: 'image/png' }))
    if (beside !== null) clipboardData.setData('text/plain', beside)
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(paste)
    return paste.defaultPrevented
  }, text)
}
