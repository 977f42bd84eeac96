import { getLogger } from '@openai/agents'
import { expect, test, vi } from 'vitest'
import './upstream-model.ts'

test('the environment cannot make the SDK log prompts or tool data', () => {
  vi.stubEnv('OPENAI_AGENTS_DONT_LOG_MODEL_DATA', '0')
  vi.stubEnv('OPENAI_AGENTS_DONT_LOG_TOOL_DATA', '0')
  const { dontLogModelData, dontLogToolData } = getLogger('test')
  expect({ dontLogModelData, dontLogToolData }).toEqual({
    dontLogModelData: true,
    dontLogToolData: true,
  })
})
