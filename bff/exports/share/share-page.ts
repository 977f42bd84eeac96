// The selected branch as one page to give to others: no script, nothing to load, and of what is stored only
// what was chosen. Written message by message.
import { language, t } from '#shared/translate.ts'
import { translateMessage } from '../../conversations/translate-parts.ts'
import { yieldWhenDue } from '../../jobs/event-loop.ts'
import { branchNumbers, readMessage } from '../export-store.ts'
import type { Exported } from '../exported-conversation.ts'
import { nameHtml } from './html-text.ts'
import { messageHtml, type ShareParts } from './share-message.ts'
import { answerOf, receiptHtml, type SharedAnswer } from './share-receipt.ts'
import { SHARE_STYLE } from './share-style.ts'

const CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

export function sharedPage(exported: Exported, options: ShareParts): AsyncGenerator<string> {
  return joined(pageParts(exported, options))
}

async function* pageParts(exported: Exported, options: ShareParts): AsyncGenerator<string> {
  const { db, live, conversation } = exported
  const title = nameHtml(conversation.title)
  yield `<!doctype html>
<html lang="${language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CSP}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${SHARE_STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${title}</h1>
`
  const answers: SharedAnswer[] = []
  for (const number of await branchNumbers(db, conversation.id, conversation.selectedMessageId)) {
    const read = await readMessage(db, live, number)
    if (read === null) continue
    yield* messageHtml(translateMessage(read.message), options)
    const answer = answerOf(read.message)
    if (answer !== null) answers.push(answer)
  }
  if (options.receipt && answers.length > 0) yield receiptHtml(answers)
  yield `</main>\n<footer>${t`Saved from Tally.`}</footer>\n</body>\n</html>\n`
}

const MIN_CHUNK_CHARS = 16_000

/** Joins short pieces, and lets other requests run in between. */
async function* joined(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = ''
  for await (const piece of pieces) {
    chunk += piece
    if (chunk.length >= MIN_CHUNK_CHARS) {
      yield chunk
      chunk = ''
    }
    await yieldWhenDue()
  }
  yield chunk
}
