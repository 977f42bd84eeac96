import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { MAX_INSTRUCTIONS_CHARS, MAX_TITLE_CHARS, ReasoningEffort } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { agentsQuery } from '../api/providers.ts'
import { Field } from '../ui/field.tsx'
import { offeredAgents } from './format-agent.ts'
import type { FieldControl, FieldName, SettingsForm } from './settings-form.ts'
import { TextField } from './text-field.tsx'
import { language, t } from '#shared/translate.ts'

interface SettingsFieldsProps {
  form: SettingsForm
  wrong: FieldName[]
  withTitle: boolean
  onField: (name: FieldName, text: string) => void
}

export function SettingsFields({ form, wrong, withTitle, onField }: SettingsFieldsProps) {
  const control = (name: FieldName) => ({
    name,
    value: form[name],
    wrong: wrong.includes(name),
    onText: (text: string) => onField(name, text),
  })
  const text = (name: FieldName) => {
    const { value, ...rest } = control(name)
    return { ...rest, text: value }
  }
  return (
    <>
      {withTitle && <TextField label={t`Title`} maxLength={MAX_TITLE_CHARS} {...text('title')} />}
      <InstructionsField {...control('instructions')} />
      <AgentField {...control('agent')} />
      <fieldset>
        <legend className="pb-3 text-sm text-muted">
          {t`What this conversation may spend, in place of the budget under Settings. A request that does not fit waits for your decision.`}
        </legend>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <TextField
            label={t`Budget in dollars`}
            hint={t`Like 0.50`}
            inputMode="decimal"
            {...text('budgetNanoUsd')}
          />
          <TextField
            label={t`Budget in tokens`}
            hint={t`A whole number`}
            inputMode="numeric"
            {...text('budgetTokens')}
          />
        </div>
      </fieldset>
      <Advanced
        isSet={ADVANCED.some((name) => form[name] !== '')}
        isWrong={ADVANCED.some((name) => wrong.includes(name))}
      >
        <p className="text-sm text-muted">{t`Leave blank to use the model’s default.`}</p>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <TextField
            label={t`Temperature`}
            hint={t`From 0 to 2`}
            inputMode="decimal"
            {...text('temperature')}
          />
          <TextField label={t`Top P`} hint={t`From 0 to 1`} inputMode="decimal" {...text('topP')} />
          <TextField
            label={t`Max output tokens`}
            hint={t`A whole number above 0`}
            inputMode="numeric"
            {...text('maxOutputTokens')}
          />
          <EffortField {...control('reasoningEffort')} />
        </div>
        <TextField
          label={t`Summarize above`}
          hint={t`Percent of the context window, from 10 to 95, or 0 for never. After an answer that fills more, older messages are summarized. Leave blank for the general setting.`}
          inputMode="numeric"
          {...text('summarizeAbovePercent')}
        />
      </Advanced>
    </>
  )
}

const ADVANCED: FieldName[] = [
  'temperature',
  'topP',
  'maxOutputTokens',
  'reasoningEffort',
  'summarizeAbovePercent',
]

interface AdvancedProps {
  isSet: boolean
  isWrong: boolean
  children: ReactNode
}

/** Starts open if something in it is set, and stays open while something in it is wrong. */
function Advanced({ isSet, isWrong, children }: AdvancedProps) {
  const [isOpen, setOpen] = useState(isSet)
  return (
    <details
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="border-t border-line pt-3"
    >
      <summary className="w-fit cursor-pointer rounded py-1 text-sm font-medium">{t`Advanced`}</summary>
      <div className="space-y-4 pt-3">{children}</div>
    </details>
  )
}

function InstructionsField({ wrong, onText, ...input }: FieldControl) {
  return (
    <Field
      label={t`Extra instructions`}
      hint={t`Added to those of the agent. At most ${MAX_INSTRUCTIONS_CHARS.toLocaleString(language())} characters.`}
      wrong={wrong}
    >
      {({ className, ...control }) => (
        <textarea
          {...control}
          {...input}
          rows={4}
          className={`${className} field-sizing-content max-h-60 min-h-24 px-3 py-2`}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  )
}

function EffortField({ wrong, onText, ...input }: FieldControl) {
  return (
    <Field label={t`Reasoning effort`} wrong={wrong}>
      {({ className, ...control }) => (
        <select
          {...control}
          {...input}
          className={`${className} h-10 px-2 pointer-coarse:h-11`}
          onChange={(event) => onText(event.target.value)}
        >
          <option value="">{t`Not sent`}</option>
          {ReasoningEffort.options.map((effort) => (
            <option key={effort} value={effort}>
              {effort[0]?.toUpperCase()}
              {effort.slice(1)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Selects the agent. Renders nothing if there are no agents. */
export function AgentField({ value, wrong, onText, name }: FieldControl) {
  const agents = useQuery(agentsQuery()).data?.items ?? []
  const chosen = agents.find((agent) => agent.name === value) ?? agents[0]
  if (chosen === undefined) return null
  return (
    <Field label={t`Agent`} hint={chosen.description} wrong={wrong}>
      {({ className, ...control }) => (
        <select
          {...control}
          name={name}
          value={chosen.name}
          className={`${className} h-10 px-2 pointer-coarse:h-11`}
          onChange={(event) => onText(event.target.value)}
        >
          {offeredAgents(agents, value).map(({ name: offered }) => (
            <option key={offered} value={offered}>
              {visibleText(offered)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
