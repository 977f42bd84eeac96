import { useQuery } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { waitsQuery } from '../api/waits.ts'
import { all, find, show, until } from '../testing/screen.tsx'
import { WaitList } from './wait-list.tsx'

/** The page reads the waits for its whole. */
function WithWaits() {
  useQuery(waitsQuery())
  return <WaitList onNavigate={undefined} />
}

test('three of many waits are shown, the others on demand', async () => {
  const at = new Date().toISOString()
  const items = Array.from({ length: 6 }, (_, n) => ({
    waitId: String(n),
    runId: 'run',
    kind: 'budget',
    agent: null,
    tool: null,
    createdAt: at,
    expiresAt: at,
    conversationId: `w${n}`,
    conversationTitle: `Wait ${n}`,
  }))
  show(<WithWaits />, () => ({ items, nextCursor: null }))
  const more = await find('button', '3 more')
  expect(all('a')).toHaveLength(3)
  more.click()
  const fewer = await find('button', 'Show fewer')
  expect(all('a')).toHaveLength(6)
  fewer.click()
  await until(() => expect(all('a')).toHaveLength(3))
})
