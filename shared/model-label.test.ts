import { expect, test } from 'vitest'
import { modelLabel } from './model-label.ts'

test.each([
  ['/models/qwen3/Qwen3-8B-Q4_K_M.gguf', 'Qwen3-8B-Q4_K_M.gguf'],
  ['C:\\models\\Qwen3-8B.gguf', 'Qwen3-8B.gguf'],
  ['models/tiny.gguf', 'tiny.gguf'],
  ['./tiny', 'tiny'],
  ['anthropic/claude-sonnet-4.5', 'anthropic/claude-sonnet-4.5'],
  ['gpt-4.1-mini', 'gpt-4.1-mini'],
  ['/', '/'],
])('%s is shown as %s', (id, label) => {
  expect(modelLabel(id)).toBe(label)
})
