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
  const more = turn.steers.flatMap(moreTopicsIn)
  const topics = [...topicsIn(turn.question), ...more].slice(0, MAX_TOPICS)
  const found = outputsOf(turn, RESEARCH)
  if (topics.length === 0) {
    return say('I write short articles about Tally. Try **Write about budgets and receipts**.')
  }
  const asked = new Set(found.map(({ arguments: { input } }) => topicOf(input)))
  const missing = topics.filter((topic) => !asked.has(topic))
  if (missing.length > 0) {
    const calls = missing.map((topic) => ({ name: RESEARCH, arguments: { input: ASKED + topic } }))
    const together = calls.length > 1 ? ' They do not need each other, so I ask at once.' : ''
    const why = found.length === 0 ? 'A researcher for each topic.' : 'There is one topic more.'
    return use(turn, `${why}${together}`, calls)
  }
  const sections = found.map(
    ({ arguments: { input }, output }) =>
      `## ${capital(topicOf(input))}\n\n${whatHappened(output)}`,
  )
  const unheard = turn.steers.filter((said) => moreTopicsIn(said).length === 0)
  const sorry = unheard.map(
    (said) =>
      `You said “${said.trim()}”. The demo only takes more topics, like **Also about backups**.`,
  )
  return say([`# ${capital(listed(topics))}`, ...sections, ...sorry, SOURCE].join('\n\n'))
}

function topicOf(input: unknown): string {
  return String(input).replace(ASKED, '')
}

const SOURCE = "*From Tally's own documentation, put together by the demo.*"

function topicsIn(question: string): string[] {
  const topics = topicsAfter(/\b(?:about|on|explain|describe)\s+([^.?!]+)/i, question)
  const [only] = topics
  // One topic from two sides.
  if (topics.length === 1 && only !== undefined) return [only, `settings of ${only}`]
  return topics.slice(0, MAX_TOPICS)
}

/** "Also about backups", "and prices, please" */
function moreTopicsIn(said: string): string[] {
  return topicsAfter(/\b(?:also|and|about|add|include)\s+(?:about\s+)?([^.?!]+)/i, said)
}

function topicsAfter(opening: RegExp, said: string): string[] {
  const [, subject = ''] = opening.exec(said) ?? []
  return subject
    .split(/,|\band\b|\bor\b|&/i)
    .map((topic) => topic.replace(/^\s*(?:the|how|what)\s+|\s+(?:too|as well|please)\s*$/gi, ''))
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '' && topic !== 'please')
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
  const sentences = prose.replaceAll('\n', ' ').match(/\S.*?[.!?](?=\s|$)/g) ?? [prose]
  return sentences.slice(0, 2).join(' ').trim()
}
