import { useState } from 'react'
import { expect, test } from 'vitest'
import type { ModelInfo, ProviderModels } from '#shared/api.ts'
import { all, find, names, press, show, until, write } from '../testing/screen.tsx'
import { ModelPicker } from './model-picker.tsx'
import type { ModelChoice } from './model-label.ts'

const OPENAI = provider('openai', 'configured', [
  priced('gpt-4.1', 2, 8, true),
  priced('gpt-4.1-mini', 0.4, 1.6),
])
const OLLAMA: ProviderModels = {
  ...provider('ollama', 'discovered', [
    { ...priced('qwen3', 0, 0), price: null, reportsUsage: false },
  ]),
}
const BROKEN = { ...provider('litellm', 'configured', []), problem: 'The server refused the key.' }

test('the button shows the chosen model, or else the default', async () => {
  open([OPENAI])
  const button = await find('button', /^Model: gpt-4.1/)

  expect(button.textContent).toContain('openai')
})

test('the menu labels prices, local servers, the default and problems', async () => {
  await unfold([OPENAI, OLLAMA, BROKEN])

  expect(names('[role=menuitemradio]')).toEqual([
    'gpt-4.1 $2.00 in · $8.00 out · 1M context · default',
    'gpt-4.1-mini $0.40 in · $1.60 out · 1M context',
    'qwen3 local, free · 1M context · usage not reported',
  ])
  expect(names('legend')).toEqual(['openai', 'ollama · local server', 'litellm'])
  expect(document.body.textContent).toContain('The server refused the key.')
})

test('arrow keys start at the current model, and choosing returns focus to the button', async () => {
  const button = await unfold([OPENAI])
  expect(focused()).toContain('gpt-4.1 ')
  press('ArrowDown')
  expect(focused()).toContain('gpt-4.1-mini')
  press('ArrowDown')
  expect(focused()).toContain('gpt-4.1 ')
  press('End')
  if (document.activeElement instanceof HTMLElement) document.activeElement.click()

  await find('button', /^Model: gpt-4.1-mini/)
  expect(document.activeElement).toBe(button)
  expect(all('[role=menuitemradio]')).toEqual([])
})

test('a favourite is first, and its star is beside it', async () => {
  const [big, mini] = [priced('gpt-4.1', 2, 8, true), priced('gpt-4.1-mini', 0.4, 1.6)]
  await unfold([OLLAMA, provider('openai', 'configured', [big, { ...mini, favorite: true }])])
  expect(names('legend')).toEqual(['Favourites', 'ollama · local server', 'openai'])
  expect(names('[role=menuitemradio]')[0]).toBe(
    'gpt-4.1-mini openai · $0.40 in · $1.60 out · 1M context',
  )
  press('ArrowRight')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Favourite: gpt-4.1, openai')
  if (document.activeElement instanceof HTMLElement) document.activeElement.click()

  await until(() => expect(names('legend')).toEqual(['Favourites', 'ollama · local server']))
  expect(document.activeElement?.getAttribute('aria-checked')).toBe('true')
  press('ArrowDown')
  expect(focused()).toContain('gpt-4.1-mini')
})

test('Escape closes without choosing', async () => {
  const button = await unfold([OPENAI])
  press('ArrowDown')
  press('Escape')

  await until(() => expect(all('[role=menuitemradio]')).toEqual([]))
  expect(document.activeElement).toBe(button)
  expect(button.textContent).toBe('Model: gpt-4.1,openai')
})

test('typing filters a long list, and Enter chooses the first match', async () => {
  const many = Array.from({ length: 20 }, (_, n) => priced(`model-${n}`, 1, 1))
  await unfold([OPENAI, provider('many', 'configured', many)])
  const filter = await find('input', 'Filter models')
  expect(document.activeElement).toBe(filter)
  write(filter, 'many 17')
  await until(() => expect(all('[role=menuitemradio]')).toHaveLength(1))
  press('Enter', filter)

  expect(await find('button', /^Model: model-17/)).toBeTruthy()
})

test('a filter without matches shows a message', async () => {
  const many = Array.from({ length: 20 }, (_, n) => priced(`model-${n}`, 1, 1))
  await unfold([provider('many', 'configured', many)])
  write(await find('input', 'Filter models'), 'zebra')

  expect(await find('output', 'No model matches “zebra”.')).toBeTruthy()
})

function Picker() {
  const [choice, setChoice] = useState<ModelChoice | null>(null)
  return <ModelPicker value={choice} onChange={setChoice} />
}

function open(items: ProviderModels[]): void {
  const chosen = { provider: 'openai', model: 'gpt-4.1' }
  show(<Picker />, () => ({ items, nextCursor: null, default: chosen }))
}

async function unfold(items: ProviderModels[]): Promise<HTMLElement> {
  open(items)
  const button = await find('button', /^Model/)
  button.click()
  await find('[role=menuitemradio]', /./)
  await until(() => expect(document.activeElement).not.toBe(document.body))
  return button
}

function focused(): string {
  return document.activeElement?.textContent ?? ''
}

function provider(name: string, kind: ProviderModels['kind'], models: ModelInfo[]): ProviderModels {
  return { name, kind, models, problem: null }
}

function priced(id: string, input: number, output: number, isDefault = false): ModelInfo {
  return {
    id,
    contextWindow: 1_047_576,
    default: isDefault,
    price: {
      inputPerMTok: input * 1e9,
      cachedInputPerMTok: null,
      cacheWritePerMTok: null,
      outputPerMTok: output * 1e9,
      origin: 'provider_list',
      source: 'a list',
      effectiveFrom: null,
      tier: null,
    },
  }
}
