import { createServer } from 'node:http'
import { expect, test } from './fixtures.ts'
import { recordText } from './record-text.ts'
import { chats, barrier } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

test('hostile Markdown executes and loads nothing', async ({ chat, fake, page }) => {
  let leaks = 0
  const sink = createServer((_, response) => {
    leaks += 1
    response.end()
  }).listen(0, '127.0.0.1')
  const address = sink.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const hostile = [
    '<script>window.pwned = 1</script>',
    '<img src=x onerror="window.pwned = 2">',
    `<img src="http://${host}/raw.png">`,
    `<iframe src="http://${host}/frame"></iframe>`,
    `<style>@import url(http://${host}/x.css);</style>`,
    `![a picture](http://${host}/picture.png)`,
    `![data](data:image/svg+xml,<svg onload=alert(1)>)`,
    '[run](javascript:window.pwned=3)',
    '[data](data:text/html,<script>window.pwned=4</script>)',
    '[vb](vbscript:msgbox)',
    `[reference][r]`,
    '',
    `[r]: javascript:window.pwned=5 "title"`,
    '',
    '<a href="javascript:window.pwned=6">click</a>',
    '',
    '$\\href{javascript:window.pwned=7}{x}$ $\\includegraphics{http://' + host + '/m.png}$',
    '',
    '<details open ontoggle="window.pwned = 8">x</details>',
    '',
    'The end.',
  ].join('\n')
  fake.setScript(chats({ parts: [{ text: hostile }], chars: 7 }))

  await chat.open()
  await chat.send('Be hostile')
  await expect(chat.answer.root).toContainText('The end.')
  await expect(chat.answer.tryAgainButton).toBeVisible()

  const { root } = chat.answer
  await expect(root).toContainText('<script>window.pwned = 1</script>')
  await expect(root.locator('script, iframe, style, img, object, embed, form, base')).toHaveCount(0)
  await expect(root.getByRole('button', { name: new RegExp(host) })).toBeVisible()
  const hrefs = await root
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  for (const href of hrefs) expect(href).toMatch(/^(https?:|mailto:)/)
  for (const name of ['run', 'data', 'vb', 'reference', 'click']) {
    for (const element of await root.getByText(name, { exact: true }).all()) await element.click()
  }
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
  expect(leaks).toBe(0)
  sink.close()
})

test('incomplete Markdown renders while streaming, text never shrinks, and links open safely', async ({
  chat,
  fake,
}) => {
  const gate = barrier()
  fake.setScript(
    chats({
      parts: [
        { text: 'A **bold' },
        gate.part,
        {
          text: '** word, `code`, and\n\n```js\nconst a = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
        },
      ],
      chars: 5,
      everyMs: 10,
    }),
  )
  await chat.open()
  await chat.send('Stream')
  await expect(chat.answer.root.locator('strong')).toHaveText('bold')
  await expect(chat.answer.root).not.toContainText('**')
  const texts = await recordText(chat.answer.root)
  gate.open()

  await expect(chat.answer.root.getByRole('cell', { name: '2' })).toBeVisible()
  await expect(chat.answer.root.locator('pre')).toContainText('const a = 1')
  for (const text of await texts.stop()) expect(text).not.toContain('**')

  fake.setScript(chats({ parts: [{ text: 'See [the docs](https://example.com/docs?a=1).' }] }))
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('Link')
  const link = chat.answer.root.getByRole('link', { name: /the docs/ })
  await expect(link).toHaveAttribute('href', 'https://example.com/docs?a=1')
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(link).toHaveAttribute('rel', /noopener.*noreferrer|noreferrer.*noopener/)

  const text = '> '.repeat(5000) + 'deep\n\n' + '*a **b '.repeat(3000) + '\n\nThe end.'
  fake.setScript(chats({ parts: [{ text }], chars: 4000 }))
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('Nest it deeply')
  await expect(chat.answer.root).toContainText('The end.')
  await chat.composer.fill('Still alive?')
  await expect(chat.sendButton).toBeEnabled()
})

test('code is copied verbatim, also over plain HTTP, without the clipboard API', async ({
  chat,
  context,
  fake,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const code = 'def f(x):\n    return x < 1 && "é"'
  fake.setScript(chats({ parts: [{ text: '```python\n' + code + '\n```' }] }))
  await chat.open()
  await chat.send('Code')
  await expect(chat.answer.root).toContainText(/python/i)
  await chat.answer.root.getByRole('button', { name: /^Copy/ }).first().click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(code)

  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'))
  fake.setScript(chats({ parts: [{ text: '```js\nlet copied\n```' }] }))
  await chat.open()
  await chat.send('Code')
  await chat.answer.root.getByRole('button', { name: 'Copy code' }).click()
  await expect(chat.answer.root.getByRole('status')).toContainText(['Copied'])
  await chat.composer.press('Control+V')
  await expect(chat.composer).toHaveValue('let copied')

  const receipt = await chat.answer.openReceipt()
  await receipt.root.getByRole('button', { name: 'Copy as text' }).click()
  await expect(page.getByText('Receipt copied.')).toBeVisible()
  await receipt.close()
  await chat.composer.fill('')
  await chat.composer.press('Control+V')
  await expect(chat.composer).toHaveValue(/Total: /)
})

test('a long table keeps its columns, rows and semantics', async ({ chat, fake, page }) => {
  const row = (index: number) =>
    `| ${index} | ${'word '.repeat((index % 7) + 1)}| ${index * 31} |\n`
  const rows = Array.from({ length: 240 }, (_, index) => row(index + 1)).join('')
  const text = `| No. | Words | Sum |\n|--:|---|--:|\n${rows}\nThe end.`
  fake.setScript(chats({ parts: [{ text }], chars: 400 }))
  await chat.open()
  await chat.send('A long table')
  await expect(chat.answer.root).toContainText('The end.')
  await expect(chat.answer.tryAgainButton).toBeVisible()

  const table = chat.answer.root.getByRole('table')
  await expect(table).toHaveCount(1)
  await expect(table).toHaveClass('md-long')
  await expect(table.getByRole('columnheader')).toHaveText(['No.', 'Words', 'Sum'])
  await expect(table.getByRole('row')).toHaveCount(241)
  const last = table.getByRole('row').last()
  await expect(last.getByRole('cell')).toHaveText(['240', /^word word word$/, '7440'])
  const lefts = (cells: string) =>
    table.locator(cells).evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().left))
  expect(await lefts('tbody:last-child tr:last-child td')).toEqual(await lefts('th'))

  const width = () => table.evaluate((element) => element.getBoundingClientRect().width)
  const wide = await width()
  await page.setViewportSize({ width: 330, height: 800 })
  await expect.poll(width).toBeLessThan(wide)
  expect(await lefts('tbody:last-child tr:last-child td')).toEqual(await lefts('th'))
})
