import { useState } from 'react'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import type { Approval } from '#shared/waits.ts'
import { Button } from '../ui/button.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { ApprovalFacts } from './approval-facts.tsx'
import { ApprovalArguments } from './approval-arguments.tsx'
import { InsteadForm } from './instead-form.tsx'
import { isLossless, jsonObjectProblem } from './json-text.ts'
import type { LiveMessage } from './live-message.ts'
import { useDecision } from './use-decision.ts'
import { useHandBackFocus } from './use-hand-back-focus.ts'
import { t } from '#shared/translate.ts'

// Most calls have no rule to offer.
const RuleOffer = lazyPart(() => import('../rules/rule-offer.tsx'), 'RuleOffer', {
  failed: Nothing,
})

interface ApprovalCardProps {
  message: Message
  live: LiveMessage | null
  part: ToolCallPart
  approval: Approval
  runId: string
  /** The id of the button that opens and closes the card. */
  rowId: string
}

/** Asks whether a tool may run. The run pauses until then, even across a restart. */
export function ApprovalCard({ message, live, part, approval, runId, rowId }: ApprovalCardProps) {
  const { waitId, argumentsHash, mayAllowAlways = false } = approval
  const { decide, sent, problem } = useDecision(runId, waitId)
  const [edited, setEdited] = useState<string | null>(null)
  const [answering, setAnswering] = useState(false)
  const [reason, setReason] = useState('')
  const box = useHandBackFocus<HTMLDivElement>(rowId)

  const editable = spread(approval.arguments)
  const approve = (scope: 'once' | 'conversation') => {
    if (edited === null || edited === editable) {
      return decide({ decision: 'approve', argumentsHash, scope })
    }
    if (jsonObjectProblem(edited) === null) {
      decide({ decision: 'edit', argumentsHash, arguments: edited })
    }
  }
  const deny = () =>
    decide({ decision: 'deny', ...(reason.trim() !== '' && { reason: reason.trim() }) })

  return (
    <div ref={box}>
      <ApprovalArguments
        tool={part.name}
        given={approval.arguments}
        edited={edited}
        onEdit={setEdited}
      />
      <ApprovalFacts {...{ message, live, part, approval }} />
      <div className="space-y-2 border-t border-line bg-sunken/60 px-3.5 py-2.5">
        {answering ? (
          <InsteadForm
            busy={sent === 'respond'}
            onSend={(output) => decide({ decision: 'respond', output })}
            onCancel={() => setAnswering(false)}
          />
        ) : (
          <>
            <div className="flex flex-wrap items-center gap-2">
              <Button
                variant="primary"
                aria-busy={sent === 'approve' || sent === 'edit'}
                onClick={() => approve('once')}
              >
                {t`Approve`}
              </Button>
              <Button aria-busy={sent === 'deny'} onClick={deny}>
                {t`Deny`}
              </Button>
              <input
                aria-label={t`Reason for the model`}
                placeholder={t`Reason, if you deny (optional)`}
                value={reason}
                className="h-9 min-w-44 grow rounded-lg border border-line bg-surface px-3 placeholder:text-muted pointer-coarse:h-11"
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
            <div className="-ml-2 flex flex-wrap gap-x-1">
              {edited === null && (
                <Quiet onClick={() => setEdited(editable)}>{t`Edit arguments`}</Quiet>
              )}
              {edited !== null && <Quiet onClick={() => setEdited(null)}>{t`Undo changes`}</Quiet>}
              <Quiet onClick={() => setAnswering(true)}>{t`Answer instead`}</Quiet>
              {mayAllowAlways && (
                <Quiet
                  title={t`${visibleText(part.name)} only reads. It is not asked about again in this conversation.`}
                  onClick={() => approve('conversation')}
                >
                  {t`Always allow here`}
                </Quiet>
              )}
            </div>
          </>
        )}
        {problem !== null && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
      </div>
      <RuleOffer waitId={waitId} />
    </div>
  )
}

/** For the editor. Nothing else about the text changes. */
function spread(json: string): string {
  return isLossless(json) ? JSON.stringify(JSON.parse(json), null, 2) : json
}

function Quiet(props: { title?: string; onClick: () => void; children: string }) {
  return (
    <Button variant="quiet" className="!h-8 !px-2 text-[13px] pointer-coarse:!h-11" {...props} />
  )
}
