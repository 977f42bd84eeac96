import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { CheckPage } from './pages/check-page.ts'

const LONG = 'one two three four five six seven eight nine ten '.repeat(8)

test.describe('a server that supports everything', () => {
  test.use({ provider: { upstream: 'aimock', api: 'chat_completions' } })

  test('passes every probe, and the check appears in usage', async ({ aimock, page }) => {
    aimock.onMessage('9.11', { content: LONG, reasoning: 'Digit by digit.' })
    aimock.onMessage('small boat', { content: 'OK' })
    aimock.onMessage('17 * 23', {
      toolCalls: [
        { name: 'calculate', arguments: '{"expression":"17 * 23"}' },
        { name: 'current_time', arguments: '{"timeZone":"Asia/Tokyo"}' },
      ],
    })
    aimock.onMessage('five hundred', { content: LONG })
    aimock.onMessage('one word OK', { content: 'OK' })
    aimock.onMessage('title', { content: '{"title":"Boats at rest"}' })
    const check = new CheckPage(page)
    await check.open()
    await expect(
      page.getByText(/^8 requests, 1 of them free, at most [\d,]+ tokens and \$0\.\d+\.$/),
    ).toBeVisible()
    await check.run()

    await expect(check.finding('Streams')).toContainText('Yes')
    await expect(check.finding('Reports usage')).toContainText('Yes')
    await expect(check.finding('Shows reasoning')).toContainText('reasoning_content')
    await expect(check.finding('Calls tools in parallel')).toContainText('Yes')
    await expect(check.finding('Takes a stop')).toContainText('Yes')
    await expect(check.finding('Writes JSON')).toContainText('Yes')
    await expect(check.finding('Counts input')).toContainText('No')
    await expect(page.getByText(/^Last checked on .*: 8 requests, ≈\$0\.\d+/)).toBeVisible()
    await expectNoViolations(page)

    await page.reload()
    await expect(check.finding('Streams')).toContainText('Yes')
    await page.getByRole('link', { name: 'See it in the usage' }).click()
    await expect(page.getByRole('table', { name: 'By purpose' })).toContainText(/check/i)
  })
})

test.describe('a server that reports nothing', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('fails the usage probe, and deselected probes do not run', async ({ chat, fake, page }) => {
    fake.setScript(({ body }) => {
      if ('response_format' in body) return { status: 400 }
      const wantsTools = JSON.stringify(body).includes('17 * 23')
      return {
        usage: null,
        parts: [wantsTools ? { call: { name: 'calculate', arguments: '{}' } } : { text: LONG }],
        quirks: ['whole_calls', 'no_tool_index'],
      }
    })
    const check = new CheckPage(page)
    await check.open(`?provider=${new URL(fake.baseUrl).host}`)
    await check.probe('The same prompt twice').uncheck()
    await check.run()

    await expect(check.finding('Reports usage')).toContainText('No')
    await expect(check.finding('Streams tool arguments')).toContainText('Partly')
    await expect(check.finding('Numbers tool calls')).toContainText('No')
    await expect(check.finding('Writes JSON')).toContainText('No')
    await expect(check.finding('Counts cached tokens')).toHaveCount(0)
    await expect(page.getByText('This server does not report usage')).toBeVisible()
    expect(fake.calls.filter(({ body }) => JSON.stringify(body).includes('small boat'))).toEqual([])

    const asked = fake.calls.length
    await chat.open()
    await chat.send('Who are you?')
    await expect(chat.answer.tryAgainButton).toBeVisible()
    await chat.answer.receiptButton.click()
    await expect(page.getByText('This server does not report usage: amounts')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Model:/ }).click()
    await expect(page.getByRole('menuitemradio', { name: /usage not reported/ })).toBeVisible()
    // The title is requested as plain text from the start.
    await fake.called(asked + 2)
    expect(fake.calls.slice(asked).filter(({ body }) => 'response_format' in body)).toEqual([])
  })

  test('does not answer, and Stop ends its check', async ({ fake, page }) => {
    fake.setScript({ instead: 'hang' })
    const check = new CheckPage(page)
    await check.open()
    await check.runButton.click()
    await expect(page.getByText('2 of 7: A streamed answer')).toBeVisible()
    await check.stopButton.click()

    await expect(check.runButton).toBeEnabled()
    await expect(check.stopButton).toHaveCount(0)
    const call = await fake.called(1)
    await call.over
    expect(call.closedEarly).toBe(true)
  })
})
