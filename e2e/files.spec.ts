// Files from the composer to the model: attached, pasted and dropped, shown with what they cost, sent, and
// kept when the message is edited.
import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, MODEL, test } from './fixtures.ts'

const TEXT = 'name,amount\nÆgir,12\nRán,30\n'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('files are attached, told what they cost, sent, shown and kept by an edit', async ({
  chat,
  guard,
  page,
}, testInfo) => {
  guard.allow(/415 \(Unsupported Media Type\)/)
  const sums = testInfo.outputPath('sums.csv')
  await writeFile(sums, TEXT)
  await page.setViewportSize({ width: 390, height: 844 })
  await chat.open()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach', exact: true }).click()
  await (await chosen).setFiles(sums)
  const attached = page.getByRole('list', { name: 'Attached files' })
  const row = (name: string) => attached.getByRole('listitem').filter({ hasText: name })
  await expect(row('sums.csv')).toContainText(/Whole file: ≈ \d+ tokens, demo/)

  await chat.composer.focus()
  await paste(page, await pictureIn(page, 3000, 1500))
  await expect(row('photo.png')).toContainText(/Image 2048 × 1024: ≈ [\d,]+ tokens/)
  await expect(row('photo.png')).toContainText('does not see images')
  await paste(page, {
    name: 'archive.zip',
    bytes: [80, 75, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  })
  await expect(row('archive.zip').getByRole('alert')).toContainText(
    'Unpack it and attach the files that matter.',
  )
  await expect(chat.sendButton).toBeDisabled()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Remove archive.zip' }).click()

  await chat.composer.fill('What is in these?')
  await page.reload()
  await expect(chat.composer).toHaveValue('What is in these?')
  await expect(row('sums.csv')).toContainText('Whole file')
  await expect(page.getByRole('group', { name: 'Next request' })).toBeVisible()
  await chat.sendButton.click()
  await expect(attached).toHaveCount(0)
  await expect(chat.answer.root).toContainText('3 lines')
  await expect(chat.answer.root).toContainText('cannot see images')

  const question = chat.questions.first()
  await expect(question.getByRole('img', { name: 'photo.png' })).toHaveJSProperty(
    'naturalWidth',
    2048,
  )
  const download = page.waitForEvent('download')
  await question.getByRole('link', { name: /^Download sums\.csv/ }).click()
  expect((await download).suggestedFilename()).toBe('sums.csv')
  await question.getByRole('button', { name: 'Open photo.png' }).click()
  const lightbox = page.getByRole('dialog', { name: 'photo.png' })
  await expect(lightbox.getByRole('img')).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')

  const { root, editButton, editor } = chat.questionAt(0)
  await root.hover()
  await editButton.click()
  await editor.fill('And now?')
  await editor.press('Enter')
  await expect(chat.questions.first()).toContainText('And now?')
  await expect(chat.answer.root).toContainText('cannot see images')
  await page.reload()
  await expect(chat.questions.first()).toContainText('And now?')
  await expect(chat.questions.first().getByRole('img', { name: 'photo.png' })).toBeVisible()
})

test.describe('with a provider', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('a dropped file reaches the provider, and one elsewhere is refused', async ({
    chat,
    fake,
    page,
  }, testInfo) => {
    const notes = testInfo.outputPath('notes.txt')
    await writeFile(notes, 'Buy milk')
    fake.setScript({ parts: [{ text: 'Noted.' }] })
    await chat.open()
    await expect(page.getByRole('button', { name: 'Attach', exact: true })).toBeVisible()
    await dropFile(page, notes)
    const attached = page.getByRole('list', { name: 'Attached files' })
    await expect(attached).toContainText(/Whole file: ≈ \d+ tokens, ≈\$0\.0/)
    await expect(chat.composer).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(chat.answer.root).toContainText('Noted.')
    const [call] = fake.calls
    expect(call?.body['model']).toBe(MODEL)
    expect(JSON.stringify(call?.body['input'])).toContain('Buy milk')

    expect(await paste(page, { name: 'cell.png', bytes: [1] }, 'A cell')).toBe(false)
    await page.getByRole('link', { name: 'Usage' }).click()
    await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible()
    // An element that is replaced between the two events takes the second one with it.
    await untilStill(page)
    // On what has just appeared below the pointer, the browser sends no dragover.
    await dropFile(page, notes, ['dragEnter', 'drop'])
    await expect(page.getByText('Files are attached to a message.')).toBeVisible()
  })
})

interface Pasted {
  name: string
  bytes: number[]
}

/** A drawn picture, with something in it. */
async function pictureIn(page: Page, width: number, height: number): Promise<Pasted> {
  const bytes = await page.evaluate(
    async ([w = 1, h = 1]) => {
      const canvas = new OffscreenCanvas(w, h)
      const context = canvas.getContext('2d')
      if (context !== null) {
        context.fillStyle = 'teal'
        context.fillRect(0, 0, w, h)
        context.fillStyle = 'gold'
        context.fillRect(w / 4, h / 4, w / 2, h / 2)
      }
      return [...(await (await canvas.convertToBlob()).bytes())]
    },
    [width, height],
  )
  return { name: 'photo.png', bytes }
}

/** Drops a file as if dragged from the desktop. */
async function dropFile(
  page: Page,
  file: string,
  types: ('dragEnter' | 'dragOver' | 'drop')[] = ['dragEnter', 'dragOver', 'drop'],
): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of types) {
    await session.send('Input.dispatchDragEvent', { type, x: 640, y: 300, data })
  }
  await session.detach()
}

/** Resolves when nothing on the page has changed for a while. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    let changedAt = performance.now()
    const observer = new MutationObserver(() => {
      changedAt = performance.now()
    })
    observer.observe(document.body, { subtree: true, childList: true, attributes: true })
    while (performance.now() < changedAt + 500) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    observer.disconnect()
  })
}

/** Returns whether the page prevented the default paste. */
function paste(page: Page, file: Pasted, beside: string | null = null): Promise<boolean> {
  return page.evaluate(
    ([{ name, bytes }, text]) => {
      const clipboardData = new DataTransfer()
      const type = name.endsWith('.png') ? 'image/png' : 'application/octet-stream'
      clipboardData.items.add(new File([Uint8Array.from(bytes)], name, { type }))
      if (text !== null) clipboardData.setData('text/plain', text)
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      document.activeElement?.dispatchEvent(event)
      return event.defaultPrevented
    },
    [file, beside] as const,
  )
}
