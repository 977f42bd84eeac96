import { type FormEvent, type KeyboardEvent, useId, useState } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import type { Question } from '#shared/waits.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import type { LiveMessage } from './live-message.ts'
import { QuestionFields } from './question-fields.tsx'
import { type FieldValues, formAnswer, missingFields } from './form-answer.ts'
import { useDecision } from './use-decision.ts'
import { useExpiry } from './use-expiry.ts'
import { useHandBackFocus } from './use-hand-back-focus.ts'
import { t } from '#shared/translate.ts'

interface QuestionCardProps {
  agent: string
  question: Question
  live: LiveMessage | null
  runId: string
  /** The id of the button that opens and closes the card. */
  rowId: string
}

/** A question of an agent, answered with an option, in own words, or in a small form. */
export function QuestionCard({ agent, question: asked, live, runId, rowId }: QuestionCardProps) {
  const { waitId, question, options = [], freeText, schema = [] } = asked
  const name = useId()
  const [option, setOption] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [values, setValues] = useState<FieldValues>({})
  const [missing, setMissing] = useState<string | null>(null)
  const { decide, sent, problem } = useDecision(runId, waitId)
  const expiry = useExpiry(asked.expiresAt, live)
  const box = useHandBackFocus<HTMLFieldSetElement>(rowId)
  const wrong = problem ?? missing

  const send = (event?: FormEvent) => {
    event?.preventDefault()
    const words = schema.length > 0 ? formAnswer(schema, values) : text.trim()
    const lacks =
      schema.length > 0
        ? missingFields(schema, values)
        : option === null && words === ''
          ? lackSentence(options.length > 0, freeText)
          : null
    setMissing(lacks)
    if (lacks !== null) return
    decide({
      decision: 'answer',
      ...(words !== '' && { text: words }),
      ...(option !== null && { option }),
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <fieldset ref={box} aria-label={t`Question from ${visibleText(agent)}`} className="min-w-0">
      <form className="space-y-3 px-3.5 py-3" noValidate onSubmit={send}>
        <p className="font-medium wrap-anywhere whitespace-pre-wrap">{visibleText(question)}</p>
        {options.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {options.map((one) => (
              <label
                key={one}
                className="flex min-h-9 cursor-pointer items-center gap-2 rounded-lg border border-line px-3 py-1 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft pointer-coarse:min-h-11"
              >
                <input
                  type="radio"
                  name={name}
                  checked={option === one}
                  className="accent-accent"
                  onChange={() => setOption(one)}
                />
                <span className="min-w-0 wrap-anywhere">{visibleText(one)}</span>
              </label>
            ))}
          </div>
        )}
        {schema.length > 0 && (
          <QuestionFields fields={schema} values={values} onChange={setValues} />
        )}
        {freeText && schema.length === 0 && (
          <Field label={t`Answer`}>
            {({ className, ...control }) => (
              <textarea
                {...control}
                rows={1}
                dir="auto"
                placeholder={options.length > 0 ? t`Or in your own words` : undefined}
                value={text}
                className={`block field-sizing-content max-h-60 min-h-10 ${className} px-3 py-2`}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={onKeyDown}
              />
            )}
          </Field>
        )}
        {wrong !== null && (
          <p role="alert" className="text-danger">
            {wrong}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" aria-busy={sent !== null}>
            {t`Send answer`}
          </Button>
          <span className="text-[13px] text-muted">{expiry}</span>
        </div>
      </form>
    </fieldset>
  )
}

function lackSentence(hasOptions: boolean, freeText: boolean): string {
  if (!hasOptions) return t`Write an answer.`
  return freeText ? t`Choose an option or write an answer.` : t`Choose an option.`
}
