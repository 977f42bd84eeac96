import * as z from 'zod/mini'
import { type Reply, say, use } from '../reply.ts'
import { parseJson, type ToolRequest, type Turn } from '../turn.ts'
import {
  answerTo,
  askUser,
  dollars,
  outputsOf,
  resultOf,
  whatHappened,
  wordsOf,
} from './tool-results.ts'
import { notMine, orderNumbers, PROMO_CODE } from './topics.ts'

const Invoice = z.object({
  invoiceId: z.string(),
  orderId: z.number(),
  item: z.string(),
  amountUsd: z.number(),
  discountUsd: z.number(),
  totalUsd: z.number(),
  promoCode: z.nullable(z.string()),
  status: z.string(),
  dueOn: z.string(),
})
type Invoice = z.infer<typeof Invoice>

const INVOICE = 'get_invoice'
const PROMO = /\b(promo|discount|voucher|code)s?\b/i
const PAYMENT =
  /\bpayment method\b|\bpay (by|with)\b|\bpaypal\b|\bmy card\b|\bbank (transfer|account)\b/i
const WHICH = 'Which invoice is it for?'
const WHICH_CODE = 'What is the promo code?'

export function billing(turn: Turn): Reply {
  const elsewhere = notMine(turn, 'billing')
  if (elsewhere !== null) return elsewhere
  if (PAYMENT.test(turn.question)) return payment(turn)
  const wantsCode = PROMO.test(turn.question) || PROMO_CODE.test(turn.question)
  const [orderId] = orderNumbers(turn)
  if (orderId === undefined) return chooseInvoice(turn, wantsCode)
  const code = PROMO_CODE.exec(wordsOf(turn))?.[0] ?? answerTo(turn, WHICH_CODE)?.trim()
  if (wantsCode && !code) return use(turn, 'The code is missing, so I ask.', [askUser(WHICH_CODE)])
  const looked = outputsOf(turn, INVOICE).find((each) => each.arguments['orderId'] === orderId)
  if (looked === undefined) {
    return use(turn, 'I look the invoice up first.', [{ name: INVOICE, arguments: { orderId } }])
  }
  const { value, text } = resultOf(looked, Invoice)
  if (value === null) return say(whatHappened(text))
  return wantsCode && code
    ? promo(turn, value, code)
    : say(`${table([value])}\n\n${sentence(value)}`)
}

function chooseInvoice(turn: Turn, wantsCode: boolean): Reply {
  const [listed] = outputsOf(turn, INVOICE)
  if (listed === undefined) {
    return use(turn, 'No order is named, so I look which invoices there are.', [
      { name: INVOICE, arguments: { orderId: null } },
    ])
  }
  const { value, text } = resultOf(listed, z.array(Invoice))
  if (value === null) return say(whatHappened(text))
  const options = value
    .filter(({ status }) => status === 'open')
    .map(({ orderId, item, totalUsd }) => `${orderId} · ${item} · ${dollars(totalUsd)}`)
  if (!wantsCode || options.length === 0 || answerTo(turn, WHICH) !== null) return say(table(value))
  return use(turn, 'Several invoices are open, so I ask.', [askUser(WHICH, { options })])
}

function promo(turn: Turn, before: Invoice, code: string): Reply {
  const [applied] = outputsOf(turn, 'apply_promo_code')
  if (applied === undefined) {
    const call = { name: 'apply_promo_code', arguments: { orderId: before.orderId, code } }
    return use(turn, `The invoice is ${before.status}; I try the code.`, [call])
  }
  const { value, text } = resultOf(applied, Invoice)
  if (value === null) return say(`The code was not applied. ${whatHappened(text)}`)
  return say(
    `**${value.promoCode}** takes ${dollars(value.discountUsd)} off: ${value.invoiceId} (${value.item}) is now **${dollars(value.totalUsd)}** instead of ${dollars(value.amountUsd)}.`,
  )
}

function table(invoices: Invoice[]): string {
  const rows = invoices.map(
    ({ invoiceId, item, totalUsd, status, dueOn }) =>
      `| ${invoiceId} | ${item} | ${dollars(totalUsd)} | ${status} | ${dueOn} |`,
  )
  return ['| invoice | item | total | status | due |', '|---|---|--:|---|---|', ...rows].join('\n')
}

function sentence({ status, dueOn, orderId }: Invoice): string {
  return status === 'open'
    ? `It is open until ${dueOn}. Try **Apply WELCOME10 to order ${orderId}**.`
    : 'It is paid.'
}

const HOW = 'How do you want to pay from now on?'
const KINDS = ['card', 'paypal', 'bank transfer']
const Method = z.object({ kind: z.string(), lastFour: z.optional(z.nullable(z.string())) })
const Changed = z.object({
  kind: z.string(),
  lastFour: z.nullable(z.string()),
  before: z.object({ kind: z.string(), lastFour: z.nullable(z.string()) }),
})

function payment(turn: Turn): Reply {
  const [done] = outputsOf(turn, 'update_payment_method')
  if (done !== undefined) {
    const { value, text } = resultOf(done, Changed)
    if (value === null) return say(`Nothing was changed. ${whatHappened(text)}`)
    return say(
      `You pay by **${methodName(value)}** from now on, instead of ${methodName(value.before)}.`,
    )
  }
  const answered = answerTo(turn, HOW)
  const method = answered === null ? methodIn(turn.question) : methodFrom(answered)
  if (method !== null) {
    const call = { name: 'update_payment_method', arguments: method }
    return use(turn, 'I know all that I need to change it.', [call])
  }
  if (answered !== null) return say('That does not say how. A card needs its last four digits.')
  return use(turn, 'How to pay is not said, so I ask.', [howToPay()])
}

function howToPay(): ToolRequest {
  const more = { options: null, required: false }
  return askUser(HOW, {
    fields: [
      { name: 'kind', label: 'Kind', type: 'choice', options: KINDS, required: true },
      { name: 'lastFour', label: 'Last four digits of the card or account', type: 'text', ...more },
    ],
  })
}

/** The answer of the form is JSON; words are read like the question. */
function methodFrom(answer: string): z.infer<typeof Method> | null {
  const form = Method.safeParse(parseJson(answer))
  if (!form.success) return methodIn(answer)
  const { kind, lastFour } = form.data
  return kind === 'paypal' || lastFour ? { kind, lastFour: lastFour || null } : null
}

function methodIn(text: string): z.infer<typeof Method> | null {
  if (/\bpaypal\b/i.test(text)) return { kind: 'paypal', lastFour: null }
  const lastFour = /\b\d{4}\b/.exec(text)?.[0]
  if (lastFour === undefined) return null
  return { kind: /\bbank\b/i.test(text) ? 'bank transfer' : 'card', lastFour }
}

function methodName({ kind, lastFour }: { kind: string; lastFour: string | null }): string {
  const name = kind === 'paypal' ? 'PayPal' : kind
  return lastFour === null ? name : `${name} ending in ${lastFour}`
}
