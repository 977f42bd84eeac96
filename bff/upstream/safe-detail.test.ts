import { expect, test } from 'vitest'
import { safeDetail } from './safe-detail.ts'

test('what a provider says steers no terminal and turns no line around', () => {
  const message = 'No\n such\u001b]52;c;ZXZpbA==\u0007 \u202emodel\u009b2J'
  expect(safeDetail({ status: 404, code: '', message }, () => false)).toBe(
    'It said (404): No such ]52;c;ZXZpbA== model 2J.',
  )
})
