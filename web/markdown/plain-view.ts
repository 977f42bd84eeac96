import type { Plain } from './blocks.ts'
import type { DocumentContext } from './document-context.ts'
import { MAX_SEARCHABLE_GROUPS } from './group-range.ts'
import { PlainLines } from './line-groups.ts'
import { component, h, list, type VNode } from './vdom.ts'
import { t } from '#shared/translate.ts'

const reasons = {
  length: t`This text is very long. From here on it is shown as it was written.`,
  depth: t`This text is nested too deeply to be formatted. It is shown as it was written.`,
}

const PARTLY_FOUND = t`The search of your browser finds its first hundred thousand lines and what is near; Copy gives you all of it.`

export function drawPlain({ reason, content }: Plain, { formatAll }: DocumentContext): VNode {
  const button = h('button', { type: 'button', onclick: formatAll }, [t`Render anyway`])
  const isSearchable = content.groupCount <= MAX_SEARCHABLE_GROUPS
  return list([
    h('p', { class: 'md-notice' }, [
      reasons[reason],
      ' ',
      isSearchable ? null : `${PARTLY_FOUND} `,
      reason === 'length' ? button : null,
    ]),
    h('div', { class: 'md-plain' }, [component(PlainLines, content)]),
  ])
}
