// Looks an order up, checks the rules, refunds, and says what really happened.
import * as z from 'zod/mini'
import { type Reply, say, use } from '../reply.ts'
import type { ToolOutput, ToolRequest, Turn } from '../turn.ts'
import {
  answerTo,
  askUser,
  dollars,
  outputsOf,
  resultOf,
  whatHappened,
  wordsOf,
} from './tool-results.ts'
import { FOLLOW_UP, notMine, orderNumbers, REFUND } from './topics.ts'

const Order = z.object({
  orderId: z.number(),
  item: z.string(),
  status: z.string(),
  deliveredOn: z.nullable(z.string()),
  totalUsd: z.number(),
  refundedUsd: z.number(),
})
const Eligibility = z.object({
  eligible: z.boolean(),
  reason: z.string(),
  refundableUsd: z.number(),
})
const Refund = z.object({
  refundId: z.string(),
  orderId: z.number(),
  item: z.string(),
  amountUsd: z.number(),
  remainingUsd: z.number(),
})

const STATUS = 'check_order_status'
const RULES = 'check_refund_eligibility'
const REFUND_TOOL = 'process_refund'
const ONLY_STATUS = /\b(where|status|track|tracking|arrive[sd]?|when|show|list|delivered)\b/i
const WHICH = 'Which order is it about?'

export function refunds(turn: Turn): Reply {
  const elsewhere = notMine(turn, 'refunds')
  if (elsewhere !== null) return elsewhere
  const wantsRefund = asksForRefund(turn)
  const numbers = orderNumbers(turn)
  if (numbers.length === 0) return chooseOrder(turn, wantsRefund)
  const missing = numbers.flatMap((orderId) => missingChecks(turn, orderId, wantsRefund))
  if (missing.length > 0) return use(turn, whyChecks(numbers, wantsRefund), missing)
  if (!wantsRefund) return say(numbers.map((orderId) => statusOf(turn, orderId)).join('\n\n'))
  const possible = numbers.flatMap((orderId) => refundFor(turn, orderId, numbers.length === 1))
  if (possible.length > 0 && outputsOf(turn, REFUND_TOOL).length === 0) {
    return use(turn, 'The rules of the shop allow it, so I refund it.', possible)
  }
  const said = numbers.map((orderId) => closing(turn, orderId))
  const isRefunded = said.some((text) => text.includes('already refunded'))
  return say([...said, isRefunded ? AGAIN : NEXT].join('\n\n'))
}

const AGAIN =
  'To play it again, say **Reset the sample shop**. Other orders to try: **Refund order 1047** or **Refund order 1043**.'
const NEXT = 'Try next: **Where is order 1045?** or **Apply WELCOME10 to order 1045**.'

/** "And order 1043" asks for what was asked before. */
function asksForRefund(turn: Turn): boolean {
  const { question, questionsBefore } = turn
  if (REFUND.test(wordsOf(turn))) return true
  const goesOn = FOLLOW_UP.test(question) && !ONLY_STATUS.test(question)
  return goesOn && REFUND.test(questionsBefore[0] ?? '')
}

function chooseOrder(turn: Turn, wantsRefund: boolean): Reply {
  const [listed] = outputsOf(turn, STATUS)
  if (listed === undefined) {
    return use(turn, 'No order is named, so I look which there are.', [
      { name: STATUS, arguments: { orderId: null } },
    ])
  }
  const { value, text } = resultOf(listed, z.array(Order))
  if (value === null) return say(whatHappened(text))
  if (!wantsRefund) return say(table(value))
  if (answerTo(turn, WHICH) !== null)
    return say(`That is no number of an order.\n\n${table(value)}`)
  const options = value.map(
    ({ orderId, item, totalUsd }) => `${orderId} · ${item} · ${dollars(totalUsd)}`,
  )
  return use(turn, 'Several orders could be meant, so I ask.', [askUser(WHICH, { options })])
}

function table(orders: z.infer<typeof Order>[]): string {
  const rows = orders.map(
    ({ orderId, item, totalUsd, status, refundedUsd }) =>
      `| ${orderId} | ${item} | ${dollars(totalUsd)} | ${refundedUsd > 0 ? `${status}, ${dollars(refundedUsd)} refunded` : status} |`,
  )
  return ['| order | item | total | status |', '|---|---|--:|---|', ...rows].join('\n')
}

function missingChecks(turn: Turn, orderId: number, wantsRefund: boolean): ToolRequest[] {
  const names = wantsRefund ? [STATUS, RULES] : [STATUS]
  return names
    .filter((name) => outputFor(turn, name, orderId) === undefined)
    .map((name) => ({ name, arguments: { orderId } }))
}

function whyChecks(numbers: number[], wantsRefund: boolean): string {
  const orders = numbers.length === 1 ? `order ${numbers[0]}` : 'the orders'
  return wantsRefund
    ? `I need to know where ${orders} is and what the rules say. Neither needs the other, so I ask at once.`
    : `I look up ${orders}.`
}

function outputFor(turn: Turn, name: string, orderId: number): ToolOutput | undefined {
  return outputsOf(turn, name).find((each) => each.arguments['orderId'] === orderId)
}

function refundFor(turn: Turn, orderId: number, mayNameAmount: boolean): ToolRequest[] {
  const rules = outputFor(turn, RULES, orderId)
  const value = rules && resultOf(rules, Eligibility).value
  if (!value?.eligible) return []
  const asked = mayNameAmount ? amountIn(turn.question) : null
  const amountUsd = Math.min(asked ?? value.refundableUsd, value.refundableUsd)
  const [, because] = /\b(?:because|since)\s+(.{3,200})/i.exec(turn.question) ?? []
  const reason = because ?? 'The customer asked for it.'
  return [{ name: REFUND_TOOL, arguments: { orderId, amountUsd, reason } }]
}

function amountIn(question: string): number | null {
  const [, sign, word] =
    /\$\s?(\d+(?:\.\d\d)?)|\b(\d+(?:\.\d\d)?) (?:dollars|usd)\b/i.exec(question) ?? []
  const amount = Number(sign ?? word)
  return amount > 0 ? amount : null
}

function statusOf(turn: Turn, orderId: number): string {
  const output = outputFor(turn, STATUS, orderId)
  const { value = null, text = '' } = output ? resultOf(output, Order) : {}
  if (value === null) return whatHappened(text)
  const { item, status, deliveredOn, totalUsd, refundedUsd } = value
  const where = deliveredOn === null ? `is **${status}**` : `was **delivered** on ${deliveredOn}`
  const refunded = refundedUsd > 0 ? `, of which ${dollars(refundedUsd)} were refunded` : ''
  return `Order ${orderId} (${item}) ${where}. It cost ${dollars(totalUsd)}${refunded}.`
}

/** From the results of the tools alone: also when someone has denied or changed the refund. */
function closing(turn: Turn, orderId: number): string {
  const refund = outputFor(turn, REFUND_TOOL, orderId)
  if (refund === undefined) return notRefunded(turn, orderId)
  const { value, isEdited, text } = resultOf(refund, Refund)
  if (value === null) return `Order ${orderId} is not refunded. ${whatHappened(text)}`
  const { refundId, item, amountUsd, remainingUsd } = value
  const rest = remainingUsd > 0 ? ` ${dollars(remainingUsd)} of it can still be refunded.` : ''
  const edited = isEdited ? ' The refund was changed before it ran.' : ''
  return `**${dollars(amountUsd)}** of order ${value.orderId} (${item}) is refunded, as ${refundId}.${edited}${rest}`
}

function notRefunded(turn: Turn, orderId: number): string {
  const output = outputFor(turn, RULES, orderId)
  const { value = null, text = '' } = output ? resultOf(output, Eligibility) : {}
  return `I cannot refund this. ${value?.reason ?? whatHappened(text)}`
}
