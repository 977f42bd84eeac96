import type { Approval } from '#shared/waits.ts'
import { visibleText } from '#shared/visible-text.ts'

/** What was decided about a call, and by whom. */
export function DecisionLine({ answer }: { answer: NonNullable<Approval['answer']> }) {
  const sentence = decisionSentence(answer)
  return sentence === null ? null : (
    <p className="px-3.5 py-2 text-muted wrap-anywhere">{visibleText(sentence)}</p>
  )
}

function decisionSentence({ decision, by, scope, reason }: NonNullable<Approval['answer']>) {
  switch (decision) {
    case 'approve':
      if (by === 'rule') return 'Allowed by a rule, without asking.'
      return scope === 'conversation'
        ? 'You approved this, and always in this conversation.'
        : 'You approved this.'
    case 'deny':
      return reason === undefined ? 'You denied this.' : `You denied this: ${reason}`
    case 'edit':
      return 'You changed the arguments and approved.'
    case 'respond':
      return 'You answered in its place; the tool did not run.'
    case undefined:
    default:
      return null
  }
}
