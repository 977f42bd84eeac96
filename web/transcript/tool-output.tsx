import { use, useState } from 'react'
import type { ToolCallPart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import { readOutput } from '../api/runs.ts'
import { PlainTextView } from '../markdown/plain-lines.tsx'
import { Button } from '../ui/button.tsx'
import { ParentCall } from './nested-run.tsx'
import { prettyJson } from './pretty-json.ts'
import { ToolText } from './tool-text.tsx'
import { language, t } from '#shared/translate.ts'

interface ToolOutputProps {
  part: ToolCallPart
  output: string
  /** Null while it is unknown. */
  runId: string | null
}

/** The output of a tool. Where the model got the beginning only, the rest is loaded on demand. */
export function ToolOutput({ part: { callId, wholeChars }, output, runId }: ToolOutputProps) {
  const parentCallId = use(ParentCall)
  const [whole, setWhole] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const load = async (id: string) => {
    setBusy(true)
    setProblem(null)
    try {
      setWhole(visibleText(await readOutput(id, callId, parentCallId)))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }
  return (
    <>
      {whole === null ? (
        <ToolText label={t`Output`} text={prettyJson(output)} />
      ) : (
        <div className="max-h-[60dvh] overflow-auto px-3.5 py-2 font-mono text-[13px]/5">
          <PlainTextView text={whole} />
        </div>
      )}
      {wholeChars !== undefined && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-1.5 text-[13px] text-muted">
          <p>{t`The model got ${count(output.length)} of ${count(wholeChars)} characters.`}</p>
          {whole === null && runId !== null && (
            <Button
              variant="quiet"
              className="!h-7 !px-2 text-[13px] pointer-coarse:!h-11"
              busy={busy}
              onClick={() => void load(runId)}
            >
              {t`Show all`}
            </Button>
          )}
          {problem !== null && (
            <p role="alert" className="text-danger">
              {problem}
            </p>
          )}
        </div>
      )}
    </>
  )
}

const count = (value: number) => value.toLocaleString(language())
