import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, KEY, test } from './fixtures.ts'
import { refusingBaseUrl } from './fake-upstream.ts'
import { ProvidersPage } from './pages/providers-page.ts'
import { chatCalls, chats } from './scripts.ts'

const TYPED = 'sk-typed-in-0123456789'

test('a provider is added, uses its key, loses it with its address, and is removed', async ({
  aimock,
  chat,
  fake,
  page,
  tally,
}) => {
  aimock.onMessage(/.*/, { content: 'A real answer.' })
  fake.setScript(chats({ parts: [{ text: 'From elsewhere.' }] }))
  const providers = new ProvidersPage(page)
  await chat.open()
  await page.getByRole('link', { name: 'Connect a provider' }).click()
  await expect(providers.heading).toBeVisible()
  await expect(page.getByText('No provider is connected')).toBeVisible()

  await providers.openAdd()
  await providers.field('Name').fill('mine')
  await providers.field('Base URL').fill(`${aimock.url}/v1`)
  await providers.field('API key').fill(TYPED)
  await providers.field('Default model').fill('gpt-4.1-mini')
  await providers.save()
  const mine = providers.provider('mine')
  await expect(mine).toContainText('Default')
  await expect(mine).toContainText('Key stored on')
  await expect(providers.provider('demo')).toHaveCount(0)
  await expect(mine.getByRole('status')).toContainText(/It answers, with \d+ models?\./)
  await mine.getByRole('link', { name: 'Check what it can do' }).click()
  await expect(page.getByRole('heading', { name: 'Endpoint check' })).toBeVisible()
  await expect(chat.modelPicker).toContainText('mine')

  await chat.open()
  await chat.send('Are you there?')
  await expect(chat.answer.root).toContainText('A real answer.')
  expect(aimock.getRequests().at(0)?.headers['authorization']).toBeDefined()
  const id = await chat.conversationId()

  await providers.open()
  await providers.openEdit('mine')
  await expect(providers.field('API key')).toHaveValue('')
  await providers.field('Base URL').fill(fake.baseUrl)
  await expect(providers.dialog).toContainText('saving removes it')
  await providers.save()
  await expect(mine).toContainText('No key')
  expect(await readFile(path.join(tally.dataDir, 'keys.json'), 'utf8')).not.toContain(TYPED)
  await chat.openConversation(id)
  await chat.send('And now?')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.root).toContainText('From elsewhere.')
  expect(chatCalls(fake)[0]?.headers.authorization).toBeUndefined()

  await providers.open()
  await providers.remove('mine')
  await expect(mine).toHaveCount(0)
  await expect(providers.provider('demo')).toBeVisible()
  await chat.openConversation(id)
  await expect(chat.answers).toHaveCount(2)
})

test('a conversation of a removed provider continues with another model', async ({
  api,
  chat,
  fake,
  guard,
  page,
}) => {
  guard.allow(/status of 400/)
  const fields = { baseUrl: fake.baseUrl, defaultModel: 'gpt-4.1-mini' }
  for (const name of ['one', 'two']) {
    await api.post('/api/providers', { name, ...fields })
  }
  fake.setScript(chats({ parts: [{ text: 'Fine.' }] }))
  const { id } = await api.createConversation({ provider: 'one', model: 'gpt-4.1-mini' })
  const providers = new ProvidersPage(page)
  await providers.open()
  await providers.remove('one')

  await chat.openConversation(id)
  await chat.send('Still there?')
  await expect(page.getByText('There is no provider "one": choose another model')).toBeVisible()
  await chat.modelPicker.click()
  await chat.modelChoice('gpt-4.1').click()
  await chat.sendButton.click()
  await expect(chat.answer.root).toContainText('Fine.')
})

test('invalid settings are explained in the dialog and stay in its fields', async ({
  guard,
  page,
}) => {
  guard.allow(/status of 4\d\d/)
  const providers = new ProvidersPage(page)
  await providers.open()
  await providers.openAdd()
  await providers.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(providers.dialog.getByRole('alert')).toContainText('fields marked in red')
  await expect(providers.field('Name')).toHaveAttribute('aria-invalid', 'true')

  await providers.field('Base URL').fill('localhost:11434/v1')
  await expect(providers.dialog).toContainText('missing: write http://localhost:11434/v1')

  await providers.field('Name').fill('demo')
  await providers.field('Base URL').fill('http://169.254.169.254/v1')
  await expect(providers.dialog).toContainText('http:// is not encrypted')
  await providers.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(providers.dialog.getByRole('alert')).toContainText('no provider can be')
  await providers.field('Base URL').fill('http://127.0.0.1:9/v1')
  await providers.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(providers.dialog.getByRole('alert')).toContainText('choose another name')
  await providers.field('Name').fill('away')
  await providers.save()
  await expect(providers.provider('away').getByRole('status')).toContainText('cannot be reached')
})

test('a failed first message links to its provider, where the address can be corrected', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [{ text: 'Back again.' }] }))
  const away = { name: 'away', baseUrl: await refusingBaseUrl(), maxRetries: 0 }
  await api.post('/api/providers', { ...away, defaultModel: 'gpt-4.1-mini' })
  await chat.open()
  await chat.send('Are you there?')
  await expect(chat.answer.root).toContainText('cannot be reached')
  await chat.answer.root.getByRole('button', { name: 'Open provider settings' }).click()

  const providers = new ProvidersPage(page)
  await expect(providers.dialog).toContainText('Edit away')
  await providers.field('Base URL').fill(fake.baseUrl)
  await providers.save()
  await expect(providers.provider('away').getByRole('status')).toContainText('It answers')
  await page.goBack()
  await chat.answer.retryButton.click()
  await expect(chat.answer.root).toContainText('Back again.')
})

test('a refused first message creates no conversation and keeps its text', async ({
  api,
  chat,
  guard,
  page,
}) => {
  guard.allow(/status of 4\d\d/)
  await api.post('/api/providers', { name: 'away', baseUrl: await refusingBaseUrl() })
  await chat.open()
  await chat.send('Are you there?')

  await expect(page.getByRole('alert')).toContainText('offers no model')
  await expect(page).toHaveURL(/\/$/)
  await expect(chat.composer).toHaveValue('Are you there?')
  await expect.poll(async () => (await api.conversations()).items).toEqual([])
  await expect(chat.sidebar.conversations).toHaveCount(0)
  await page.getByRole('alert').getByRole('button', { name: 'Open provider settings' }).click()
  const { dialog } = new ProvidersPage(page)
  await expect(dialog).toContainText('Edit away')
})

test('an unreadable key is explained and can be entered again', async ({
  api,
  fake,
  page,
  tally,
}, testInfo) => {
  const secret = testInfo.outputPath('secret')
  await writeFile(secret, 'a secret of at least thirty-two bytes', { mode: 0o600 })
  await tally.terminate()
  await tally.start({ APP_SECRET_FILE: secret })
  await api.post('/api/providers', { name: 'mine', baseUrl: fake.baseUrl, key: TYPED })
  await tally.terminate()
  await tally.start({ APP_SECRET_FILE: '' })

  const providers = new ProvidersPage(page)
  await providers.open()
  const problem = 'Its key cannot be read. It is encrypted, and APP_SECRET_FILE is not set'
  await expect(providers.provider('mine').getByRole('status')).toContainText(problem)
  await providers.openEdit('mine')
  await expect(providers.dialog).toContainText(problem)
  await providers.field('API key').fill(TYPED)
  await providers.save()
  await expect(providers.provider('mine').getByRole('status')).toContainText(/\d+ models?/)
})

test.describe('a provider of the environment', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('is shown with its variable and cannot be edited', async ({ page }) => {
    const providers = new ProvidersPage(page)
    await providers.open()
    const card = providers.provider('127.0.0.1')
    await expect(card).toContainText('Set up by OPENAI_BASE_URL in the environment')
    await expect(card).toContainText('Key from OPENAI_API_KEY')
    await expect(card.getByRole('button')).toHaveText(['Test'])
    expect(await page.content()).not.toContain(KEY)

    await page.getByRole('link', { name: 'General' }).click()
    await expect(page.getByText('is set by OPENAI_MODEL in the environment')).toBeVisible()
  })
})

test('default model and theme are set under General', async ({ api, chat, fake, page }) => {
  const fields = { name: 'mine', baseUrl: fake.baseUrl }
  await api.post('/api/providers', fields)
  await page.goto('/settings/general')
  await chat.modelPicker.click()
  await chat.modelChoice('gpt-4.1').click()
  await expect(page.getByRole('button', { name: 'Let Tally choose' })).toBeVisible()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  await chat.open()
  await expect(chat.modelPicker).toContainText('gpt-4.1')
  await expect(chat.modelPicker).not.toContainText('mini')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.goto('/settings/general')
  await page.getByRole('button', { name: 'Let Tally choose' }).click()
  await expect(chat.modelPicker).toContainText('gpt-4.1-mini')
})
