import { expect, test } from 'vitest'
import { find, show } from '../testing/screen.tsx'
import { ModelChange } from './model-change.tsx'

test('a change of the model names files without their path, and shows hidden characters', async () => {
  const from = { provider: 'llama.cpp', model: '/models/qwen3.gguf' }
  const to = { provider: 'mine', model: 'gpt\u202E-4.1' }
  show(<ModelChange from={from} to={to} />, () => null)
  const mark = await find('p', /Model changed/)

  expect(mark.textContent).toBe(
    'Model changed from qwen3.gguf (llama.cpp) to gpt⟨U+202E⟩-4.1 (mine)',
  )
})
