// The tools of the support desk on a real shop.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { callTool, contextWith, prepared } from '../testing/call-tool.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { applyPromoCode } from './billing/tools/apply-promo-code.ts'
import { getInvoice } from './billing/tools/get-invoice.ts'
import { updatePaymentMethod } from './billing/tools/update-payment-method.ts'
import { checkOrderStatus } from './refunds/tools/check-order-status.ts'
import { checkRefundEligibility } from './refunds/tools/check-refund-eligibility.ts'
import { processRefund } from './refunds/tools/process-refund.ts'
import { ShopStore } from './shop/shop-store.ts'
import { checkSystemStatus } from './support/tools/check-system-status.ts'
import { createTicket } from './support/tools/create-ticket.ts'
import { searchKnowledgeBase } from './support/tools/search-knowledge-base.ts'
import { resetShop } from './triage/tools/reset-shop.ts'

const TODAY = new Date('2026-11-20T10:00:00Z')

function openShop(file = ':memory:') {
  const shop = new ShopStore(file, () => TODAY)
  onTestFinished(() => shop.close())
  return contextWith(shop)
}

const refund = (orderId: number, amountUsd: number) => ({ orderId, amountUsd, reason: 'Too small' })

describe('the shop', () => {
  test('is made on first use, for its owner only, and is the same after a restart', async () => {
    const file = join(temporaryFolder(), 'shop.db')
    const context = openShop(file)
    expect(existsSync(file)).toBe(false)
    await callTool(processRefund, refund(1042, 89), context)
    expect(statSync(file).mode & 0o077).toBe(0)
    context.stores.shop.close()
    expect(await callTool(checkOrderStatus, { orderId: 1042 }, openShop(file))).toMatchObject({
      refundedUsd: 89,
    })
  })

  test('of one user is not that of another', async () => {
    const context = openShop()
    await callTool(processRefund, refund(1042, 89), context)
    const other = { ...context, user: { id: 'other', tier: 'standard' } }
    expect(await callTool(checkOrderStatus, { orderId: 1042 }, other)).toMatchObject({
      refundedUsd: 0,
    })
  })

  test('does not get old', async () => {
    const later = new ShopStore(':memory:', () => new Date('2031-01-01T00:00:00Z'))
    expect(
      await callTool(checkRefundEligibility, { orderId: 1042 }, contextWith(later)),
    ).toMatchObject({ eligible: true })
  })

  test('is as on its first day after a reset, which always asks', async () => {
    const context = openShop()
    const fresh = await callTool(checkOrderStatus, { orderId: null }, context)
    await callTool(processRefund, refund(1042, 89), context)
    await callTool(applyPromoCode, { orderId: 1045, code: 'WELCOME10' }, context)
    expect(await prepared(resetShop, {}).approval(context)).toMatchObject({
      reason: expect.stringContaining('forgotten'),
    })
    await callTool(resetShop, {}, context)
    expect(await callTool(checkOrderStatus, { orderId: null }, context)).toEqual(fresh)
    expect(await callTool(getInvoice, { orderId: 1045 }, context)).toMatchObject({
      promoCode: null,
    })
  })

  test('says what to do if its file cannot be opened', async () => {
    const context = openShop(join(temporaryFolder(), 'missing', 'shop.db'))
    await expect(callTool(checkOrderStatus, { orderId: 1042 }, context)).rejects.toThrow(
      /^The sample shop cannot be opened\. Stop Tally, delete shop\.db/,
    )
  })
})

describe('refunds', () => {
  test('looks an order up, and lists all of them', async () => {
    const context = openShop()
    expect(await callTool(checkOrderStatus, { orderId: 1042 }, context)).toEqual({
      orderId: 1042,
      item: 'Trail running shoes',
      status: 'delivered',
      orderedOn: '2026-11-11',
      deliveredOn: '2026-11-14',
      totalUsd: 89,
      refundedUsd: 0,
    })
    const all = await callTool(checkOrderStatus, { orderId: null }, context)
    expect(all).toHaveLength(6)
    await expect(callTool(checkOrderStatus, { orderId: 7 }, context)).rejects.toThrow(
      'There is no order 7.',
    )
  })

  test.for<[number, boolean, RegExp]>([
    [1042, true, /Delivered 6 days ago/],
    [1044, false, /41 days ago, and refunds are possible for 30 days/],
    [1045, false, /on its way/],
    [1046, false, /gift cards are not refunded/],
  ])('of order %i: %s', async ([orderId, eligible, reason]) => {
    expect(await callTool(checkRefundEligibility, { orderId }, openShop())).toMatchObject({
      eligible,
      reason: expect.stringMatching(reason),
    })
  })

  test('happen once, however often the call comes', async () => {
    const context = openShop()
    const first = await callTool(processRefund, refund(1042, 50), context)
    expect(first).toMatchObject({ refundId: 'R-1', amountUsd: 50, remainingUsd: 39 })
    expect(await callTool(processRefund, refund(1042, 50), context)).toEqual(first)
    expect(await callTool(checkOrderStatus, { orderId: 1042 }, context)).toMatchObject({
      refundedUsd: 50,
    })
    // The same name of a call in another run is another call.
    const next = await callTool(processRefund, refund(1042, 39), { ...context, runId: 'run-2' })
    expect(next).toMatchObject({ refundId: 'R-2', remainingUsd: 0 })
  })

  test.for<[number, number, RegExp]>([
    [1042, 89.01, /Only \$89\.00 of order 1042/],
    [1044, 10, /41 days ago/],
    [1042, 0.001, /whole cents/],
    [9, 10, /There is no order 9/],
  ])('of order %i for $%d are refused, and nothing is written', async ([orderId, usd, why]) => {
    const context = openShop()
    await expect(callTool(processRefund, refund(orderId, usd), context)).rejects.toThrow(why)
    const orders = await callTool(checkOrderStatus, { orderId: null }, context)
    expect(JSON.stringify(orders)).not.toMatch(/"refundedUsd":[1-9]/)
  })

  test('above $20 of one order ask first, also when they come in pieces', async () => {
    const context = openShop()
    const asks = (orderId: number, usd: number) =>
      prepared(processRefund, refund(orderId, usd)).approval(context)
    expect(await asks(1042, 20)).toBeNull()
    expect(await asks(1042, 20.01)).toEqual({ reason: 'The refund of $20.01 is above $20.00.' })
    await callTool(processRefund, refund(1042, 15), context)
    expect(await asks(1042, 6)).toEqual({
      reason: 'The refund of $6.00, with the $15.00 refunded before, is above $20.00.',
    })
    expect(await asks(1043, 14.5)).toBeNull()
  })
})

describe('billing', () => {
  test('shows an invoice, takes a code off once, and gives the reason when it cannot', async () => {
    const context = openShop()
    expect(await callTool(getInvoice, { orderId: 1045 }, context)).toMatchObject({
      invoiceId: 'INV-1045',
      totalUsd: 129,
      status: 'open',
      dueOn: '2026-12-02',
    })
    const apply = (orderId: number, code: string) =>
      callTool(applyPromoCode, { orderId, code }, context)
    const applied = await apply(1045, 'welcome10')
    expect(applied).toMatchObject({ discountUsd: 12.9, totalUsd: 116.1, promoCode: 'WELCOME10' })
    expect(await apply(1045, 'WELCOME10')).toEqual(applied)
    await expect(apply(1045, 'FRIENDS25')).rejects.toThrow('already has the promo code WELCOME10')
    await expect(apply(1047, 'SUMMER20')).rejects.toThrow(/SUMMER20 expired on 2026-08-22/)
    await expect(apply(1042, 'WELCOME10')).rejects.toThrow(/INV-1042 is paid/)
    await expect(apply(1047, 'FREE')).rejects.toThrow('There is no promo code FREE.')
  })

  test('changes the payment method, with four digits and no more', async () => {
    const context = openShop()
    const change = (kind: string, lastFour: string | null) =>
      callTool(updatePaymentMethod, { kind, lastFour }, context)
    expect(await change('paypal', null)).toMatchObject({
      before: { kind: 'card', lastFour: '4242' },
    })
    expect(await change('card', '1881')).toMatchObject({ before: { kind: 'paypal' } })
    await expect(change('card', null)).rejects.toThrow(/last four digits/)
    await expect(change('card', '4242424242424242')).rejects.toThrow(/not valid/)
  })
})

describe('support', () => {
  test('knows the status of services and the articles of the shop', async () => {
    const context = openShop()
    expect(await callTool(checkSystemStatus, { service: 'checkout' }, context)).toMatchObject([
      { service: 'checkout', status: 'degraded' },
    ])
    expect(
      await callTool(searchKnowledgeBase, { query: 'forgot my password' }, context),
    ).toMatchObject([{ article: 'Reset your password' }])
    expect(await callTool(searchKnowledgeBase, { query: 'zebra' }, context)).toMatch(/Nothing was/)
  })

  test('opens one ticket for one call', async () => {
    const context = openShop()
    const ticket = { subject: 'App crashes', details: 'At start', priority: 'high' }
    const first = await callTool(createTicket, ticket, context)
    expect(first).toMatchObject({ ticketId: 'T-1', subject: 'App crashes' })
    expect(await callTool(createTicket, ticket, context)).toEqual(first)
    expect(await callTool(createTicket, ticket, context, 'call-2')).toMatchObject({
      ticketId: 'T-2',
    })
  })
})
