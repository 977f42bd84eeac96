// What the answers of the shared branch cost. The demo costs nothing, and its figure is not shown.
import { decimalsFor, exactAmount } from '#shared/exact-usd.ts'
import type { Message } from '#shared/message.ts'
import { isImported } from '#shared/money.ts'
import { addTotals, NO_CALLS } from '#shared/add-totals.ts'
import type { Totals } from '#shared/totals.ts'
import { language, t } from '#shared/translate.ts'
import { certaintyLabel } from '../labels.ts'
import { nameHtml } from './html-text.ts'

/** The line below an answer. */
export function costHtml(totals: Totals): string {
  if (isImported(totals)) return `<p class="cost">${t`Imported, no cost known`}</p>\n`
  return `<p class="cost">${amountOf(totals)}${certaintyOf(totals, ', ')}</p>\n`
}

export interface SharedAnswer {
  agent: string | null
  model: string | null
  totals: Totals
}

export function answerOf({ role, agent, model, totals }: Message): SharedAnswer | null {
  if (role === 'user' || totals === null || isImported(totals)) return null
  return { agent, model, totals }
}

export function receiptHtml(answers: readonly SharedAnswer[]): string {
  const sum = answers.reduce((all, { totals }) => addTotals(all, totals), NO_CALLS)
  const decimals = decimalsFor(answers.map(({ totals }) => totals.costNanoUsd ?? 0))
  const rows = answers.map(({ agent, model, totals }, index) => {
    const who = [agent, model].filter((name) => name !== null).map(nameHtml)
    return row(`${index + 1}. ${who.join(' · ')}`, totals, decimals)
  })
  const columns = [t`Answer`, t`Input tokens`, t`Output tokens`, t`Amount`, t`Certainty`]
  return [
    `<section class="receipt" aria-labelledby="receipt">\n<h2 id="receipt">${t`Receipt`}</h2>\n`,
    `<div class="wide" tabindex="0" role="group" aria-label="${t`Receipt`}"><table>\n`,
    '<thead><tr>',
    ...columns.map((column) => `<th scope="col">${column}</th>`),
    '</tr></thead>\n<tbody>\n',
    ...rows,
    `</tbody>\n<tfoot>\n${row(t`All answers`, sum, decimals)}</tfoot>\n</table></div>\n`,
    `<p class="notice">${t`Of the answers of this branch. Titles, summaries and other branches are not included.`}</p>\n`,
    '</section>\n',
  ].join('')
}

function row(name: string, totals: Totals, decimals: number): string {
  const tokens = [totals.inputTokens, totals.outputTokens]
  const counts = tokens.map((count) => `<td>${count.toLocaleString(language())}</td>`)
  const amount = `<td>${amountOf(totals, decimals)}</td><td>${certaintyOf(totals)}</td>`
  return `<tr><th scope="row">${name}</th>${counts.join('')}${amount}</tr>\n`
}

function amountOf(totals: Totals, decimals?: number): string {
  return totals.demo ? t`demo` : exactAmount(totals, decimals)
}

function certaintyOf({ demo, certainty }: Totals, before = ''): string {
  return demo ? '' : before + certaintyLabel(certainty)
}
