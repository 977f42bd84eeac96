// Renders parsed Markdown as the HTML of the specifications, for conformance tests.
import { BlockParser } from '../markdown/block-parser.ts'
import type { Block, Code, Item, List, Row, Table } from '../markdown/blocks.ts'
import type { Image, Inline, Link } from '../markdown/inline.ts'
import { parseInline } from '../markdown/inline-parser.ts'
import { loadExtras } from '../markdown/lazy-extras.ts'
import type { Definitions } from '../markdown/links.ts'

await loadExtras()

/** Parses the text in pieces split at `cuts`, as it would be while streaming. */
export function htmlOf(text: string, cuts: readonly number[] = []): string {
  const parser = new BlockParser(Infinity)
  let start = 0
  for (const cut of [...cuts, text.length]) {
    parser.append(text.slice(start, cut))
    start = cut
  }
  parser.finish()
  const html = blocks(parser.root.children, false, parser.root)
  return html.trimStart()
}

function blocks(children: readonly Block[], tight: boolean, defined: Definitions): string {
  return children.reduce((html, child) => {
    const inline = tight && child.kind === 'paragraph'
    const next = block(child, tight, defined)
    if (next === '') return html
    return inline ? html + next : `${onNewLine(html)}${next}\n`
  }, '')
}

function onNewLine(html: string): string {
  return html.endsWith('\n') ? html : `${html}\n`
}

function block(node: Block, tight: boolean, defined: Definitions): string {
  const inlines = (text: string) => parseInline(text, false, defined).map(inline).join('')
  switch (node.kind) {
    case 'paragraph':
      return tight || node.text === '' ? inlines(node.text) : `<p>${inlines(node.text)}</p>`
    case 'heading':
      return `<h${node.level}>${inlines(node.text)}</h${node.level}>`
    case 'rule':
      return '<hr />'
    case 'quote':
      return `<blockquote>${onNewLine(blocks(node.children, false, defined))}</blockquote>`
    case 'list':
      return list(node, defined)
    case 'table':
      return table(node, inlines)
    case 'code': {
      const name = node.language === '' ? '' : ` class="language-${escaped(node.language)}"`
      return `<pre><code${name}>${escaped(codeOf(node))}</code></pre>`
    }
    case 'math':
      return `<math>${escaped(node.lines.join(''))}</math>`
    case 'plain':
      return `<plain>${escaped(node.content.text)}</plain>`
    case 'footnote':
      return `<note id="${node.label}">${blocks(node.children, false, defined)}</note>`
  }
}

/** Indented code ends before trailing blank lines. */
function codeOf({ fence, lines }: Code): string {
  const end = fence === null ? lines.findLastIndex((line) => line.trim() !== '') + 1 : undefined
  return lines
    .slice(0, end)
    .join('')
    .replace(/[^\n]$/, '$&\n')
}

function list({ start, loose, children }: List, defined: Definitions): string {
  const tag = start === null ? 'ul' : 'ol'
  const first = start === null || start === 1 ? '' : ` start="${start}"`
  const items = children.map((child) => item(child, !loose, defined))
  return `<${tag}${first}>\n${items.join('\n')}\n</${tag}>`
}

function item({ task, children }: Item, tight: boolean, defined: Definitions): string {
  const checked = task === true ? 'checked="" ' : ''
  const box = task === null ? '' : `<input ${checked}disabled="" type="checkbox"> `
  const html = blocks(children, tight, defined)
  return `<li>${html.startsWith('\n<p>') ? html.replace('<p>', `<p>${box}`) : box + html}</li>`
}

function table({ header, align, rows }: Table, inlines: (text: string) => string): string {
  const row = (cells: readonly string[], tag: string) => {
    const drawn = align.map((side, column) => {
      const attribute = side === null ? '' : ` align="${side}"`
      return `<${tag}${attribute}>${inlines(cells[column] ?? '')}</${tag}>\n`
    })
    return `<tr>\n${drawn.join('')}</tr>\n`
  }
  const body = rows.map(({ cells }: Row) => row(cells, 'td')).join('')
  const head = `<thead>\n${row(header, 'th')}</thead>\n`
  return `<table>\n${head}${body && `<tbody>\n${body}</tbody>\n`}</table>`
}

function inline(node: Inline): string {
  if (typeof node === 'string') return escaped(node)
  switch (node.kind) {
    case 'strong':
    case 'em':
    case 'del':
      return `<${node.kind}>${node.children.map(inline).join('')}</${node.kind}>`
    case 'code':
      return `<code>${escaped(node.text)}</code>`
    case 'break':
      return '<br />\n'
    case 'link':
      return `<a ${target('href', node)}>${node.children.map(inline).join('')}</a>`
    case 'image':
      return `<img ${target('src', node, ` alt="${escaped(node.alt)}"`)} />`
    case 'formula':
      return `<math>${escaped(node.tex)}</math>`
    case 'note':
      return `<note>${node.label}</note>`
  }
}

function target(name: string, { address, title }: Link | Image, more = ''): string {
  const named = title === null ? '' : ` title="${escaped(title)}"`
  return `${name}="${encoded(address ?? '')}"${more}${named}`
}

function encoded(address: string): string {
  const bytes = address.replace(/%(?![\da-f]{2})|[^!#-;=?-Z_a-z~%&[\]]/giu, (character) =>
    encodeURIComponent(character),
  )
  return escaped(bytes.replace(/[[\]]/g, encodeURIComponent))
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
