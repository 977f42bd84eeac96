// Compares two texts word by word: as Markdown that is drawn, or as they were written.
import { markPieces, renderMarkdown } from './rendered-markdown.ts'
import { type TextPiece, wordDifference } from './word-difference.ts'
import { t } from '#shared/translate.ts'

/** What one version shows: a box that is drawn, or pieces of its text. */
export type ComparedText = HTMLElement | TextPiece[]

export interface ComparedTexts {
  before: ComparedText
  after: ComparedText
  /** False if they differ in too much. */
  isMarked: boolean
}

export async function compareTexts(
  before: string,
  after: string,
  isMarkdown: boolean,
): Promise<ComparedTexts> {
  const [one, two] = await Promise.all(
    isMarkdown ? [before, after].map((text) => renderMarkdown(text)) : [],
  )
  if (!one || !two) return compareWritten(before, after)
  const difference = await wordDifference(one.text, two.text)
  await markPieces(one, difference?.before ?? [], () => newMark('del'))
  await markPieces(two, difference?.after ?? [], () => newMark('ins'))
  return { before: one.box, after: two.box, isMarked: difference !== null }
}

async function compareWritten(before: string, after: string): Promise<ComparedTexts> {
  const difference = await wordDifference(before, after)
  if (difference !== null) return { ...difference, isMarked: true }
  const [one, two] = [before, after].map((text) => [{ text, isDifferent: false }])
  return { before: one ?? [], after: two ?? [], isMarked: false }
}

export const MARK_CLASSES = {
  del: 'rounded-sm bg-danger-soft decoration-danger/60',
  ins: 'rounded-sm bg-accent-soft decoration-accent/60',
}
export const MARK_LABEL = `${t`only in this version:`} `

function newMark(tag: 'del' | 'ins'): HTMLElement {
  const mark = document.createElement(tag)
  mark.className = MARK_CLASSES[tag]
  const label = document.createElement('span')
  label.className = 'sr-only'
  label.textContent = MARK_LABEL
  mark.append(label)
  return mark
}
