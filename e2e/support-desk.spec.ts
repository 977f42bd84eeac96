import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { SERVER_GONE } from './page-guard.ts'

test.use({ entry: 'product' })

interface RefundRow {
  order_id: number
  amount_cents: number
}

function refundsIn(dataDir: string): RefundRow[] {
  const db = new BetterSqlite3(join(dataDir, 'shop.db'), { readonly: true })
  try {
    return db.prepare<[], RefundRow>('select order_id, amount_cents from refunds').all()
  } finally {
    db.close()
  }
}

test('from the empty page to a refund: route, handoff, approval through a kill, paid once', async ({
  chat,
  guard,
  page,
  tally,
}) => {
  guard.allow(SERVER_GONE)
  await chat.open()
  await page.getByRole('button', { name: /Get a refund from the sample shop/ }).click()
  await expect(chat.questions).toHaveText(/Refund order 1042/)
  await expect(chat.transcript).toContainText('refunds took over')
  await expect(chat.answer.tool('check_order_status')).toContainText('Done')
  await expect(chat.answer.tool('check_refund_eligibility')).toContainText('Done')
  const card = chat.answer.tool('process_refund')
  await expect(card).toContainText('Waiting')
  await expect(card).toContainText('The refund of $89.00 is above $20.00.')
  expect(refundsIn(tally.dataDir)).toEqual([])

  expect(await tally.kill()).toMatchObject({ signal: 'SIGKILL' })
  await tally.start()
  await expect(card).toContainText('Waiting')
  expect(refundsIn(tally.dataDir)).toEqual([])
  await card.getByRole('button', { name: 'Approve' }).click()

  await expect(chat.answer.root).toContainText('$89.00 of order 1042 (Trail running shoes)')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  expect(refundsIn(tally.dataDir)).toEqual([{ order_id: 1042, amount_cents: 8_900 }])

  // The desk that took over holds the conversation, and the rules know of the refund.
  await chat.send('Refund order 1042')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.root).toContainText('is already refunded in full')
  expect(refundsIn(tally.dataDir)).toHaveLength(1)
})
