// The text of a selection in the transcript, without buttons and footers.

/** Returns the text to quote. Null if nothing is selected in the messages. */
export function quotable(log: HTMLElement, selection: Selection | null): string | null {
  const texts = selectedIn(log, selection).map(({ text }) => text)
  const text = texts.join('\n\n')
  return text === '' ? null : text
}

/** Returns what is copied of several messages: each with its name. Null if one is enough for the browser. */
export function namedText(log: HTMLElement, selection: Selection | null): string | null {
  const selected = selectedIn(log, selection)
  if (selected.length < 2) return null
  return selected.map(({ name, text }) => `${name}:\n${text}`).join('\n\n')
}

function selectedIn(
  log: HTMLElement,
  selection: Selection | null,
): { name: string; text: string }[] {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return []
  const range = selection.getRangeAt(0)
  if (!range.intersectsNode(log)) return []
  return [...log.querySelectorAll('article')].flatMap((article) => {
    if (!range.intersectsNode(article)) return []
    const own = document.createRange()
    own.selectNodeContents(article)
    if (article.contains(range.startContainer)) {
      own.setStart(range.startContainer, range.startOffset)
    }
    if (article.contains(range.endContainer)) own.setEnd(range.endContainer, range.endOffset)
    const text = textOf(own.cloneContents())
    return text === '' ? [] : { name: article.getAttribute('aria-label') ?? '', text }
  })
}

const LEFT_OUT =
  'button, footer, form, select, svg, style, output, .sr-only, .katex-mathml, [aria-hidden]'
const LINES = 'div,li,tr,section,br'
const PARAGRAPHS = 'p, pre, blockquote, h1, h2, h3, h4, h5, h6, table, ul, ol'
const LINE = '\u2028'
const PARAGRAPH = '\u2029'

/** A fragment is not laid out, so where its lines end is told by its elements. */
function textOf(fragment: DocumentFragment): string {
  for (const element of fragment.querySelectorAll(LEFT_OUT)) element.remove()
  for (const cell of fragment.querySelectorAll('td, th')) cell.append('\t')
  for (const line of fragment.querySelectorAll(LINES)) line.after(LINE)
  for (const paragraph of fragment.querySelectorAll(PARAGRAPHS)) paragraph.after(PARAGRAPH)
  return (fragment.textContent ?? '')
    .replaceAll(/\s*[\u2028\u2029]\s*/g, (gap) => (gap.includes(PARAGRAPH) ? '\n\n' : '\n'))
    .trim()
}
