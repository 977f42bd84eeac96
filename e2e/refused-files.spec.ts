import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const WORDS = 'Files and images cannot be attached yet.'

test('a file that is dropped on the page is refused in words, and the page stays', async ({
  chat,
  page,
}, testInfo) => {
  const file = testInfo.outputPath('notes.txt')
  await writeFile(file, 'Notes')
  await chat.open()
  await chat.composer.fill('Half a thought')
  await dropFile(page, file)

  await expect(page.getByText(WORDS)).toBeVisible()
  await expect(chat.composer).toHaveValue('Half a thought')
  await page.getByRole('link', { name: 'Usage' }).click()
  await dropFile(page, file)
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible()
})

test('a pasted image is refused in words, and the text beside one is pasted', async ({
  chat,
  page,
}) => {
  await chat.open()
  await chat.composer.focus()
  await pasteImage(page, null)
  await expect(page.getByText(WORDS)).toBeVisible()

  expect(await pasteImage(page, 'A cell')).toBe(false)
  await expect(page.getByText(WORDS)).toHaveCount(1)
})

/** As the browser does it when a file is dragged in from the desktop. */
async function dropFile(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data })
  }
  await session.detach()
}

/** Whether the page took the paste from the browser. */
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
