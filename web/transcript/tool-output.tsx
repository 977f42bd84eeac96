import type { ToolCallPart } from '#shared/message.ts'
import { prettyJson } from './pretty-json.ts'
import { ToolText } from './tool-text.tsx'

interface ToolOutputProps {
  part: ToolCallPart
  output: string
}

/** The output of a tool, and whether the model got the beginning of it only. */
export function ToolOutput({ part: { wholeChars }, output }: ToolOutputProps) {
  return (
    <>
      <ToolText label="Output" text={prettyJson(output)} />
      {wholeChars !== undefined && (
        <p className="px-3.5 py-1.5 text-[13px] text-muted">
          The model got {count(output.length)} of {count(wholeChars)} characters.
        </p>
      )}
    </>
  )
}

const count = (value: number) => value.toLocaleString('en-US')
