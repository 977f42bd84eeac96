import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Folder } from '#shared/folders.ts'
import { MAX_FOLDER_NAME_CHARS, MAX_INSTRUCTIONS_CHARS } from '#shared/limits.ts'
import { formatAmount } from '#shared/money.ts'
import { formatTokenCount } from '#shared/notice-sentences.ts'
import { createFolder, foldersQuery, updateFolder } from '../api/organize.ts'
import { visibleText } from '#shared/visible-text.ts'
import { agentsQuery } from '../api/providers.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { useTriedForm } from '../ui/use-tried-form.ts'
import { offeredAgents } from './format-agent.ts'
import { ModelPicker } from './model-picker.tsx'
import { TextField } from './text-field.tsx'
import { parseTokens, parseUsd, usdText } from './usd.ts'
import { t } from '#shared/translate.ts'

interface FolderDialogProps {
  /** Null: a new one. */
  folder: Folder | null
  onClose: () => void
}

/** Names a folder and sets what applies to the conversations in it. */
export function FolderDialog({ folder, onClose }: FolderDialogProps) {
  const client = useQueryClient()
  const { form, change: set, wrong, submit } = useTriedForm(() => toForm(folder), wrongFields)
  const saving = useMutation({
    mutationFn: () => {
      const body = toBody(form)
      return folder === null ? createFolder(body) : updateFolder(folder.id, body)
    },
    onSuccess: async () => {
      onClose()
      await Promise.all([
        client.invalidateQueries(foldersQuery()),
        client.invalidateQueries({ queryKey: ['context'] }),
      ])
    },
  })
  return (
    <FormDialog
      title={folder === null ? t`New folder` : t`Folder settings`}
      onClose={onClose}
      saving={saving}
      isWrong={wrong.length > 0}
      onSubmit={() => submit(() => saving.mutate())}
    >
      <TextField
        label={t`Name`}
        maxLength={MAX_FOLDER_NAME_CHARS}
        text={form.name}
        wrong={wrong.includes('name')}
        {...(wrong.includes('name') && { hint: t`Give the folder a name.` })}
        onText={(name) => set({ name })}
      />
      <Field
        label={t`Instructions`}
        hint={t`Sent to the agent in every conversation of this folder. A conversation’s own instructions replace them.`}
      >
        {({ className, ...control }) => (
          <textarea
            {...control}
            rows={4}
            maxLength={MAX_INSTRUCTIONS_CHARS}
            className={`${className} field-sizing-content max-h-60 min-h-24 px-3 py-2`}
            value={form.instructions}
            onChange={(event) => set({ instructions: event.target.value })}
          />
        )}
      </Field>
      <fieldset>
        <legend className="pb-3 text-sm text-muted">
          {t`New chats in this folder begin with this agent and model.`}
        </legend>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <AgentChoice value={form.agent} onChange={(agent) => set({ agent })} />
          <div>
            <p className="pb-1 text-sm font-medium">{t`Model`}</p>
            <div className="flex min-h-10 flex-wrap items-center gap-1">
              <div className="min-w-0 rounded-lg border border-line-strong">
                <ModelPicker value={form.choice} onChange={(choice) => set({ choice })} />
              </div>
              {form.choice !== null && (
                <Button variant="quiet" onClick={() => set({ choice: null })}>
                  {t`Use the default`}
                </Button>
              )}
            </div>
          </div>
        </div>
      </fieldset>
      <fieldset>
        <legend className="pb-3 text-sm text-muted">
          {t`What the conversations of this folder may spend together. A request that does not fit waits for your decision.`}
        </legend>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <TextField
            label={t`Budget in dollars`}
            hint={t`Like 5.00`}
            inputMode="decimal"
            text={form.dollars}
            wrong={isWrongAmount(parseUsd(form.dollars))}
            onText={(dollars) => set({ dollars })}
          />
          <TextField
            label={t`Budget in tokens`}
            hint={t`A whole number`}
            inputMode="numeric"
            text={form.tokens}
            wrong={isWrongAmount(parseTokens(form.tokens))}
            onText={(tokens) => set({ tokens })}
          />
        </div>
        {folder?.spent && <p className="pt-2 text-sm text-muted">{formatSpent(folder.spent)}</p>}
      </fieldset>
    </FormDialog>
  )
}

function toForm(folder: Folder | null) {
  const { provider = null, model = null, budgetTokens = null } = folder ?? {}
  return {
    name: folder?.name ?? '',
    instructions: folder?.instructions ?? '',
    agent: folder?.agent ?? '',
    choice: provider !== null && model !== null ? { provider, model } : null,
    dollars: usdText(folder?.budgetNanoUsd ?? null),
    tokens: budgetTokens === null ? '' : String(budgetTokens),
  }
}

function toBody({ name, instructions, agent, choice, dollars, tokens }: ReturnType<typeof toForm>) {
  return {
    name,
    instructions: instructions.trim() === '' ? null : instructions,
    agent: agent === '' ? null : agent,
    provider: choice?.provider ?? null,
    model: choice?.model ?? null,
    budgetNanoUsd: parseUsd(dollars),
    budgetTokens: parseTokens(tokens),
  }
}

const isWrongAmount = (parsed: number | null) => Number.isNaN(parsed)

function wrongFields({ name, dollars, tokens }: ReturnType<typeof toForm>) {
  return [
    ...(name.trim() === '' ? ['name'] : []),
    ...(isWrongAmount(parseUsd(dollars)) ? ['dollars'] : []),
    ...(isWrongAmount(parseTokens(tokens)) ? ['tokens'] : []),
  ]
}

function formatSpent(spent: NonNullable<Folder['spent']>): string {
  const tokens = formatTokenCount(spent.inputTokens + spent.outputTokens)
  return t`Spent so far: ${formatAmount(spent)}, ${tokens}. Deleted conversations count.`
}

interface AgentChoiceProps {
  value: string
  onChange: (agent: string) => void
}

function AgentChoice({ value, onChange }: AgentChoiceProps) {
  const agents = useQuery(agentsQuery()).data?.items ?? []
  return (
    <Field label={t`Agent`}>
      {({ className, ...control }) => (
        <select
          {...control}
          className={`${className} h-10 px-2 pointer-coarse:h-11`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">{t`Default`}</option>
          {offeredAgents(agents, value).map(({ name }) => (
            <option key={name} value={name}>
              {visibleText(name)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
