import type { Approval } from '#shared/waits.ts'
import { visibleText } from '#shared/visible-text.ts'
import { t } from '#shared/translate.ts'

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
      if (by === 'rule') return t`Allowed by a rule, without asking.`
      return scope === 'conversation'
        ? t`You approved this, and always in this conversation.`
        : t`You approved this.`
    case 'deny':
      return reason === undefined ? t`You denied this.` : t`You denied this: ${reason}`
    case 'edit':
      return t`You changed the arguments and approved.`
    case 'respond':
      return t`You answered in its place; the tool did not run.`
    case undefined:
    default:
      return null
  }
}
