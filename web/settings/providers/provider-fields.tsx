import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiKind, type ProviderInfo } from '#shared/api.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextField } from '../text-field.tsx'
import {
  baseUrlProblem,
  isUnencrypted,
  losesKey,
  type ProviderField,
  type ProviderForm,
} from './provider-form.ts'
import { API_LABELS, formatDay, formatKeyProblem } from './provider-label.ts'
import { t } from '#shared/translate.ts'

interface ProviderFieldsProps {
  form: ProviderForm
  wrong: ProviderField[]
  /** Null for a new provider. */
  provider: ProviderInfo | null
  keyHint: string
  keysEncrypted: boolean
  onForm: (form: ProviderForm) => void
  onDropKey: () => Promise<unknown>
}

export function ProviderFields(props: ProviderFieldsProps) {
  const { form, wrong, provider, onForm } = props
  const text = (name: Exclude<ProviderField, 'api'>) => ({
    text: form[name],
    wrong: wrong.includes(name),
    onText: (value: string) => onForm({ ...form, [name]: value }),
  })
  return (
    <>
      {provider === null && (
        <TextField
          label={t`Name`}
          hint={
            wrong.includes('name')
              ? t`Give it a name, like my-server.`
              : t`Shown in the model picker and under Usage. It cannot be changed later.`
          }
          {...text('name')}
        />
      )}
      <div>
        <TextField
          label={t`Base URL`}
          hint={(wrong.includes('baseUrl') && baseUrlProblem(form.baseUrl)) || t`Most end in /v1.`}
          placeholder={t`https://…/v1`}
          inputMode="url"
          {...text('baseUrl')}
        />
        {losesKey(form, provider) && (
          <Warning>
            {t`The stored key belongs to another address, so saving removes it. Enter the key for the new one below, if it needs one.`}
          </Warning>
        )}
        {isUnencrypted(form) && (
          <Warning>
            {t`http:// is not encrypted: others on the network can read the key and everything you write. Use https:// if the server supports it.`}
          </Warning>
        )}
      </div>
      <KeyField {...props} />
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        <Field label={t`API`} hint={t`Most servers speak Chat Completions.`}>
          {({ className, ...control }) => (
            <select
              {...control}
              value={form.api}
              className={`${className} h-10 px-2 pointer-coarse:h-11`}
              onChange={({ target }) => onForm({ ...form, api: ApiKind.parse(target.value) })}
            >
              {ApiKind.options.map((api) => (
                <option key={api} value={api}>
                  {API_LABELS[api]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TextField
          label={t`Default model`}
          hint={t`Leave blank to use the first one it offers`}
          {...text('defaultModel')}
        />
      </div>
      <details className="text-sm">
        <summary className="cursor-pointer font-medium text-muted pointer-coarse:py-3">
          {t`More settings`}
        </summary>
        <div className="grid gap-x-5 gap-y-4 pt-3 sm:grid-cols-2">
          <TextField
            className="sm:col-span-2"
            label={t`More models`}
            hint={t`Separated by commas, for a server that does not list its models.`}
            {...text('models')}
          />
          <TextField
            label={t`Model patterns`}
            hint={t`gpt-*, o*: requests for matching models go here.`}
            {...text('modelPatterns')}
          />
          <TextField
            label={t`Retries`}
            hint={t`How often a request that fails before its first word is sent again. 0 to 10.`}
            inputMode="numeric"
            {...text('maxRetries')}
          />
        </div>
      </details>
    </>
  )
}

function KeyField(props: ProviderFieldsProps) {
  const { form, wrong, provider, keyHint, keysEncrypted, onForm, onDropKey } = props
  const dropping = useMutation({ mutationFn: onDropKey })
  const setAt = provider?.keySetAt ?? null
  const isKept = setAt !== null && !losesKey(form, provider)
  const problem = isKept && provider !== null ? formatKeyProblem(provider) : null
  const hint = isKept ? t`Stored on ${formatDay(setAt)}. Leave this empty to keep it.` : keyHint
  return (
    <div>
      <div className="flex items-end gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t`API key`}
          type="password"
          autoComplete="new-password"
          text={form.key}
          wrong={wrong.includes('key')}
          onText={(key) => onForm({ ...form, key })}
        />
        {setAt !== null && (
          <Button variant="danger" busy={dropping.isPending} onClick={() => dropping.mutate()}>
            {t`Remove key`}
          </Button>
        )}
      </div>
      <p className="pt-1 text-xs text-muted">
        {hint} {whereKept(keysEncrypted)}
      </p>
      {problem !== null && <Warning>{problem}</Warning>}
      {dropping.error !== null && (
        <p role="alert" className="pt-1 text-sm text-danger">
          {dropping.error.message}
        </p>
      )}
    </div>
  )
}

function whereKept(keysEncrypted: boolean): string {
  return keysEncrypted
    ? t`It is kept encrypted on this computer, sent to this address only, and not shown again.`
    : t`It is kept in a file that only you can read on this computer, sent to this address only, and not shown again.`
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <output className="mt-2 block rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      {children}
    </output>
  )
}
