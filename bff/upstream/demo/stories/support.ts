import * as z from 'zod/mini'
import { type Reply, say, use } from '../reply.ts'
import type { ToolRequest, Turn } from '../turn.ts'
import { answerTo, askUser, outputsOf, resultOf, whatHappened } from './tool-results.ts'
import { notMine } from './topics.ts'

const Services = z.array(z.object({ service: z.string(), status: z.string(), note: z.string() }))
const Articles = z.array(z.object({ article: z.string(), text: z.string() }))
const Ticket = z.object({ ticketId: z.string(), subject: z.string() })

const STATUS = 'check_system_status'
const ARTICLES = 'search_knowledge_base'
const TICKET = 'create_ticket'
const WANTS_TICKET = /\bticket\b/i
const HOW_TO = /^(how|what|when|where|can i|which)\b(?!.*\b(status|down|broken)\b)/i
const ONLY_STATUS = /\bstatus\b|\b(is|are) .*\b(down|up)\b/i
const OFFER = 'Does that solve it, or shall I open a ticket?'
const ABOUT = 'What is the ticket about?'
const [SOLVED, OPEN_IT] = ['It is solved', 'Open a ticket']

export function support(turn: Turn): Reply {
  const elsewhere = notMine(turn, 'support')
  if (elsewhere !== null) return elsewhere
  const [made] = outputsOf(turn, TICKET)
  if (made !== undefined) return ticketMade(turn)
  if (WANTS_TICKET.test(turn.question)) return askedTicket(turn)
  const decided = answerTo(turn, OFFER)
  if (decided !== null) {
    return decided.startsWith(SOLVED)
      ? say('Good. I am here if it comes back.')
      : ticket(turn, turn.question, decided)
  }
  const wanted = searches(turn)
  if (outputsOf(turn, wanted[0]?.name ?? '').length === 0) {
    return use(turn, 'I look at what is known before I say anything.', wanted)
  }
  const text = findings(turn)
  if (HOW_TO.test(turn.question) || ONLY_STATUS.test(turn.question)) return say(text)
  const question = askUser(OFFER, { options: [SOLVED, OPEN_IT] })
  return use(turn, '', [question], text)
}

function searches({ question }: Turn): ToolRequest[] {
  const status = { name: STATUS, arguments: { service: null } }
  const articles = { name: ARTICLES, arguments: { query: question.slice(0, 200) } }
  if (ONLY_STATUS.test(question)) return [status]
  return HOW_TO.test(question) ? [articles] : [status, articles]
}

function findings(turn: Turn): string {
  const services = outputsOf(turn, STATUS).map((output) => {
    const { value, text } = resultOf(output, Services)
    if (value === null) return whatHappened(text)
    const troubled = value.filter(({ status }) => status !== 'operational')
    if (troubled.length === 0) return 'All services are operational.'
    return troubled
      .map(
        ({ service, status, note }) =>
          `The **${service}** is **${status}**. ${note} The rest is operational.`,
      )
      .join('\n\n')
  })
  const articles = outputsOf(turn, ARTICLES).map((output) => {
    const { value, text } = resultOf(output, Articles)
    const [first] = value ?? []
    return first === undefined ? whatHappened(text) : `### ${first.article}\n\n${first.text}`
  })
  return [...services, ...articles].join('\n\n')
}

function askedTicket(turn: Turn): Reply {
  const [, about = ''] =
    /\bticket\b\W*(?:about|for|because|that|saying|:)?\s*(.*)/is.exec(turn.question) ?? []
  const answered = answerTo(turn, ABOUT)
  const subject = about.replace(/[.!?\s]+$/, '') || answered?.trim() || ''
  if (subject !== '') return ticket(turn, subject, '')
  return use(turn, 'A ticket needs a subject, so I ask.', [askUser(ABOUT)])
}

function ticket(turn: Turn, about: string, more: string): Reply {
  const subject = about.slice(0, 120)
  const details = `${about}\n${more === OPEN_IT ? '' : more}`.trim().slice(0, 4_000)
  const call = { name: TICKET, arguments: { subject, details, priority: 'normal' } }
  return use(turn, 'Somebody of the shop should look at this.', [call])
}

function ticketMade(turn: Turn): Reply {
  const lines = outputsOf(turn, TICKET).map((output) => {
    const { value, text } = resultOf(output, Ticket)
    if (value === null) return `No ticket was opened. ${whatHappened(text)}`
    return `Ticket **${value.ticketId}** is open: “${value.subject}”. The team of the shop answers within a day.`
  })
  return say(lines.join('\n\n'))
}
