import { type Reply, say, use } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { answerTo, askUser, outputsOf, whatHappened, wordsOf } from './tool-results.ts'
import { deskFor, type Desk, RESET, THANKS, WHAT_THE_DESK_DOES } from './topics.ts'

const QUESTION = 'What can the support desk do for you?'
const OPTIONS: [string, Desk][] = [
  ['A refund', 'refunds'],
  ['Where an order is', 'refunds'],
  ['An invoice, a promo code or a payment', 'billing'],
  ['Something does not work', 'support'],
]
const GREETING = /^(hi|hello|hey|hallo|good (morning|afternoon|evening)|help|what can you do)\b/i

export function triage(turn: Turn): Reply {
  const { question } = turn
  if (RESET.test(question)) return reset(turn)
  if (THANKS.test(question) && deskFor(question) === null) return say('You are welcome.')
  if (GREETING.test(question) && deskFor(question) === null) return say(WHAT_THE_DESK_DOES)
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
  if (chosen !== null) return say(WHAT_THE_DESK_DOES)
  const options = OPTIONS.map(([option]) => option)
  return use(turn, 'It is not clear who can do this, so I ask.', [askUser(QUESTION, { options })])
}

function reset(turn: Turn): Reply {
  const [done] = outputsOf(turn, 'reset_shop')
  if (done !== undefined) {
    return say(`${whatHappened(done.output)}\n\nTry next: **Refund order 1042**.`)
  }
  return use(turn, 'The person wants the sample shop as it was.', [
    { name: 'reset_shop', arguments: {} },
  ])
}
