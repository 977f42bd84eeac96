// The writer asks a researcher for each topic at once, and puts together what they have found.
import * as z from 'zod/mini'
import { type Reply, say, use } from '../reply.ts'
import { parseJson, type Turn } from '../turn.ts'
import { outputsOf, whatHappened } from './tool-results.ts'

const MAX_TOPICS = 4
/** The documentation finds more, which is less and less about it. */
const MAX_FACTS = 2
const RESEARCH = 'research'
const ASKED = 'Facts about '

export function writer(turn: Turn): Reply {
  const topics = topicsIn(turn.question)
  const found = outputsOf(turn, RESEARCH)
  if (topics.length === 0) {
    return say('I write short articles about Tally. Try **Write about budgets and receipts**.')
  }
  if (found.length === 0) {
    const calls = topics.map((topic) => ({ name: RESEARCH, arguments: { input: ASKED + topic } }))
    const together = calls.length > 1 ? ' They do not need each other, so I ask at once.' : ''
    return use(turn, `A researcher for each topic.${together}`, calls)
  }
  const sections = found.map(({ arguments: { input }, output }) => {
    const topic = String(input).replace(ASKED, '')
    return `## ${capital(topic)}\n\n${whatHappened(output)}`
  })
  return say([`# ${capital(listed(topics))}`, ...sections, SOURCE].join('\n\n'))
}

const SOURCE = "*From Tally's own documentation, put together by the demo.*"

function topicsIn(question: string): string[] {
  const [, subject = ''] = /\b(?:about|on|explain|describe)\s+([^.?!]+)/i.exec(question) ?? []
  const topics = subject
    .split(/,|\band\b|\bor\b|&/i)
    .map((topic) => topic.replace(/^\s*(the|how|what)\s+/i, '').trim())
    .filter((topic) => topic !== '')
  const [only] = topics
  // One topic from two sides.
  if (topics.length === 1 && only !== undefined) return [only, `settings of ${only}`]
  return topics.slice(0, MAX_TOPICS)
}

function listed(topics: string[]): string {
  return new Intl.ListFormat('en').format(topics)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const Sections = z.array(z.object({ page: z.string(), heading: z.string(), text: z.string() }))

export function researcher(turn: Turn): Reply {
  const found = outputsOf(turn, 'search_documentation')
  if (found.length === 0) {
    const query = turn.question.replace(ASKED, '').slice(0, 200)
    const call = { name: 'search_documentation', arguments: { query } }
    return use(turn, 'I look it up in the documentation.', [call])
  }
  const facts = found.flatMap(({ output }) => {
    const sections = Sections.safeParse(parseJson(output))
    if (!sections.success) return [whatHappened(output)]
    return sections.data
      .slice(0, MAX_FACTS)
      .map(({ heading, text }) => `- **${heading}**: ${firstSentences(text)}`)
  })
  return say(facts.join('\n'))
}

/** Of the first paragraph that is prose. */
function firstSentences(text: string): string {
  const isProse = (paragraph: string) =>
    /^[\p{L}"“*`]/u.test(paragraph) && !paragraph.startsWith('```')
  const prose = text.split('\n\n').find(isProse) ?? ''
  const sentences = prose.replaceAll('\n', ' ').match(/[^.!?]+[.!?]+(?=\s|$)/g) ?? [prose]
  return sentences.slice(0, 2).join('').trim()
}
