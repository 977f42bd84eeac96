// Which desk a question is for, and the numbers of orders in it. By words: the demo understands nothing.
import { type Reply, say, use } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { outputsOf, wordsOf } from './tool-results.ts'

export const WHAT_THE_DESK_DOES = `This is the support desk of a sample shop. You might say:

- **Refund order 1042**, or *I want a refund*
- **Apply WELCOME10 to order 1045**, or *Show my invoices*
- **The checkout does not work**
- **Reset the sample shop**`

export type Desk = 'refunds' | 'billing' | 'support'

export const REFUND =
  /\brefund(s|ed|ing)?\b|\bmoney back\b|\b(return|send back) (it|them|my|the)\b/i

/** WELCOME10 */
export const PROMO_CODE = /\b[A-Z]{4,}\d{1,3}\b/

const TOPICS: [RegExp, Desk][] = [
  [REFUND, 'refunds'],
  [
    /\binvoices?\b|\bbill(s|ed|ing)?\b|\bpromo\b|\bdiscounts?\b|\bvouchers?\b|\bcodes?\b|\bpay\b|\bpayments?\b|\bpaypal\b|\bmy card\b/i,
    'billing',
  ],
  [PROMO_CODE, 'billing'],
  [
    /\b(down|crash(es|ed)?|broken|bugs?|error|ticket|password|app|status of|sign in|login|problems?|slow|address)\b|\b(not|n't) work|\bsystem status\b|\bhow (do|can|long)\b/i,
    'support',
  ],
  [/\borders?\b|\bparcel\b|\bpackage\b|\bdeliver(y|ed)?\b|\bshipped\b|\btrack(ing)?\b/i, 'refunds'],
]

export function deskFor(text: string): Desk | null {
  return TOPICS.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

export const RESET = /\breset\b.*\bshop\b/i
export const THANKS =
  /^(thanks?|thank you|thx|great|perfect|ok(ay)?|no|yes|bye|goodbye)\b[^?]{0,30}$/i

/** For a specialist who is asked something else, or nothing; null if it is theirs. */
export function notMine(turn: Turn, own: Desk): Reply | null {
  const wasSentHere = outputsOf(turn, `transfer_to_${own}`).length > 0
  const desk = deskFor(turn.question)
  if (wasSentHere || desk === own) return null
  if (desk === null && !RESET.test(turn.question)) {
    if (orderNumbers(turn).length > 0) return null
    return say(THANKS.test(turn.question) ? 'You are welcome.' : WHAT_THE_DESK_DOES)
  }
  return use(turn, 'This is not mine, so triage should find who can do it.', [
    { name: 'transfer_to_triage', arguments: {} },
  ])
}

export const FOLLOW_UP = /\b(it|its|that|this|them|same)\b|^(and|what about)\b/i

/** Of this turn; for "what about its invoice?" the ones that were named before. */
export function orderNumbers(turn: Turn): number[] {
  const here = numbersIn(wordsOf(turn))
  if (here.length > 0 || !FOLLOW_UP.test(turn.question)) return here
  return turn.questionsBefore.map(numbersIn).find((numbers) => numbers.length > 0) ?? []
}

const MAX_ORDERS = 5

function numbersIn(text: string): number[] {
  const found = text.match(/(?<![$\d.,-]|ending in |ends in )\b\d{4,6}\b(?![.,]\d)/g) ?? []
  return [...new Set(found.map(Number))].slice(0, MAX_ORDERS)
}
