import { use } from 'react'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import { ApprovalCard } from './approval-card.tsx'
import { DecisionLine } from './decision-line.tsx'
import type { LiveMessage } from './live-message.ts'
import { NestedRun, ParentCall } from './nested-run.tsx'
import { prettyJson } from './pretty-json.ts'
import { QuestionCard } from './question-card.tsx'
import { ToolFooter } from './tool-footer.tsx'
import { ToolOutput } from './tool-output.tsx'
import { formatAnswer } from './tool-sentence.ts'
import { isFinished } from './tool-status.ts'
import { ToolText } from './tool-text.tsx'
import { t } from '#shared/translate.ts'

interface ToolDetailsProps {
  message: Message
  part: ToolCallPart
  live: LiveMessage | null
  open: boolean
  /** The id of the button that opens and closes the card. */
  rowId: string
}

/** What a tool was given, what was decided about it, what it returned, and what that costs. */
export function ToolDetails({ message, part, live, open, rowId }: ToolDetailsProps) {
  const { status, output, approval, question } = part
  const isNested = use(ParentCall) !== null
  const { runId } = live?.snapshot() ?? message
  const waits = status === 'waiting' && runId !== null
  if (waits && approval !== undefined && approval.answer === undefined) {
    return <ApprovalCard {...{ message, live, part, approval, runId, rowId }} />
  }
  if (waits && question !== undefined && question.answer === undefined) {
    return <QuestionCard {...{ question, live, runId, rowId }} agent={part.agent} />
  }
  const hasOutput = output !== null && output !== ''
  return (
    <div className="divide-y divide-line">
      {question === undefined ? <Arguments part={part} /> : <Answered part={part} />}
      {approval?.answer !== undefined && <DecisionLine answer={approval.answer} />}
      {part.parts !== undefined && <NestedRun {...{ message, live, part }} />}
      {hasOutput && question === undefined && <ToolOutput {...{ part, output, runId }} />}
      {status === 'unknown' && (
        <p className="px-3.5 py-2 text-warn">
          {t`It had started; what became of it is not known. It was not run again.`}
        </p>
      )}
      {open && !isNested && live === null && output !== null && (
        <ToolFooter message={message} part={part} />
      )}
    </div>
  )
}

function Arguments({
  part: { status, arguments: given, label, name, approval },
}: {
  part: ToolCallPart
}) {
  const changed = approval?.answer?.arguments
  const shown = status === 'preparing' ? given : prettyJson(given)
  if (shown !== '' && shown !== '{}') {
    return (
      <>
        {label !== undefined && <ToolName name={name} />}
        <ToolText
          label={changed === undefined ? t`Arguments` : t`Arguments from the model`}
          text={shown}
        />
        {changed !== undefined && <ToolText label={t`Your arguments`} text={prettyJson(changed)} />}
      </>
    )
  }
  return (
    <p className="px-3.5 py-2 text-muted">
      <code className="font-mono text-[13px]">{visibleText(name)}</code>
      {isFinished(status) || status === 'running' ? ` ${t`without arguments`}` : ''}
    </p>
  )
}

/** A row with a sentence of its own does not name the tool. */
function ToolName({ name }: { name: string }) {
  return <code className="block px-3.5 py-2 font-mono text-[13px]">{visibleText(name)}</code>
}

function Answered({ part: { question, agent } }: { part: ToolCallPart }) {
  if (question === undefined) return null
  const answer = question.answer === undefined ? null : formatAnswer(question)
  return (
    <dl className="space-y-2 px-3.5 py-2.5">
      <div>
        <dt className="text-[13px] text-muted">{t`${visibleText(agent)} asked`}</dt>
        <dd className="wrap-anywhere whitespace-pre-wrap">{visibleText(question.question)}</dd>
      </div>
      <div>
        <dt className="text-[13px] text-muted">{t`You answered`}</dt>
        <dd className="wrap-anywhere whitespace-pre-wrap">
          {answer === null ? t`Not answered` : visibleText(answer)}
        </dd>
      </div>
    </dl>
  )
}
