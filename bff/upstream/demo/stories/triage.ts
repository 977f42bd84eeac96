import { type Reply, say, use } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { answerTo, askUser, outputsOf, whatHappened, wordsOf } from './tool-results.ts'
import { deskFor, type Desk } from './topics.ts'

const QUESTION = 'What can the support desk do for you?'
const OPTIONS: [string, Desk][] = [
  ['A refund or an order', 'refunds'],
  ['An invoice, a promo code or a payment', 'billing'],
  ['Something does not work', 'support'],
]
const RESET = /\breset\b.*\bshop\b/i
const GREETING = /^(hi|hello|hey|hallo|good (morning|afternoon|evening)|help|what can you do)\b/i
const THANKS = /^(thanks?|thank you|thx|great|perfect|ok(ay)?|bye|goodbye)\b/i

export function triage(turn: Turn): Reply {
  const { question } = turn
  if (RESET.test(question)) return reset(turn)
  if (THANKS.test(question) && deskFor(question) === null) return say('You are welcome.')
  if (GREETING.test(question) && deskFor(question) === null) return say(WELCOME)
  const chosen = answerTo(turn, QUESTION)
  const desk =
    deskFor(question) ??
    OPTIONS.find(([option]) => chosen?.startsWith(option))?.[1] ??
    deskFor(wordsOf(turn))
  if (desk !== null) {
    return use(turn, `This is for ${desk}, so I hand over.`, [
      { name: `transfer_to_${desk}`, arguments: {} },
    ])
  }
  if (chosen !== null) return say(WELCOME)
  const options = OPTIONS.map(([option]) => option)
  return use(turn, 'It is not clear who can do this, so I ask.', [askUser(QUESTION, { options })])
}

function reset(turn: Turn): Reply {
  const [done] = outputsOf(turn, 'reset_shop')
  if (done !== undefined) return say(whatHappened(done.output))
  return use(turn, 'The person wants the sample shop as it was.', [
    { name: 'reset_shop', arguments: {} },
  ])
}

const WELCOME = `This is the support desk of a sample shop. You might say:

- **Refund order 1042**, or *I want a refund*
- **Apply WELCOME10 to order 1045**, or *Show my invoices*
- **The checkout does not work**
- **Reset the sample shop**`
