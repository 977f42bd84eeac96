import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide'
import { useId } from 'react'
import type { DefaultModel } from '#shared/provider-settings.ts'
import { appSettingsQuery, changeSettings, reloadProviders } from '../api/providers.ts'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { chooseTheme, THEMES, useTheme } from '../ui/theme.ts'
import { AmountThresholdField } from './amount-threshold-field.tsx'
import { DeleteEverything } from './delete-everything.tsx'
import { ExportEverything } from './export-everything.tsx'
import { LanguageField } from './language-field.tsx'
import { InstructionsField } from './instructions-field.tsx'
import { ModelPicker } from './model-picker.tsx'
import { SummarizeField } from './summarize-field.tsx'
import { NotificationField } from './notification-field.tsx'
import { t } from '#shared/translate.ts'
import { rich } from '../ui/rich.ts'

/** Settings for all of Tally. */
export function GeneralSection() {
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`General`}</h2>
      <div className="divide-y divide-line">
        <DefaultModelField />
        <InstructionsField />
        <SummarizeField />
        <ThemeField />
        <LanguageField />
        <AmountThresholdField />
        <NotificationField />
        <ShortcutsField />
        <ExportEverything />
        <DeleteEverything />
      </div>
    </>
  )
}

function ShortcutsField() {
  return (
    <div className="py-5">
      <h3 className="font-medium">{t`Keyboard shortcuts`}</h3>
      <p className="pt-0.5 pb-3 text-sm text-muted">
        {t`See and change them. Kept in this browser. The key ? opens them too.`}
      </p>
      <Button
        onClick={() => dispatchEvent(new Event('open-shortcuts'))}
      >{t`Show shortcuts`}</Button>
    </div>
  )
}

export function ThemeField() {
  const group = useId()
  const chosen = useTheme()
  return (
    <fieldset className="py-5">
      <legend className="float-left w-full font-medium">{t`Theme`}</legend>
      <p className="clear-both pt-0.5 text-sm text-muted">{t`Kept in this browser.`}</p>
      <div className="flex flex-wrap gap-2 pt-3">
        {THEMES.map(({ name, label, icon }) => (
          <label
            key={name}
            className="relative flex h-10 items-center gap-2 rounded-lg border border-line-strong px-3.5 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-11"
          >
            <input
              type="radio"
              name={group}
              className="peer absolute inset-0 cursor-pointer opacity-0"
              checked={name === chosen}
              onChange={() => chooseTheme(name)}
            />
            <Icon of={icon} className="size-4 text-muted" />
            {label}
            <Icon of={Check} className="hidden size-4 text-accent peer-checked:block" />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function DefaultModelField() {
  const client = useQueryClient()
  const settings = useQuery(appSettingsQuery())
  const choosing = useMutation({
    mutationFn: (defaultModel: DefaultModel | null) => changeSettings({ defaultModel }),
    onSuccess: () => reloadProviders(client),
  })
  return (
    <section aria-labelledby="default-model" className="py-5">
      <h3 id="default-model" className="font-medium">
        {t`Default model`}
      </h3>
      <p className="pt-0.5 text-sm text-muted">
        {t`New chats start with this model. A conversation keeps the model chosen for it.`}
      </p>
      {settings.isPending && <Skeleton className="mt-3 h-10 w-56" />}
      {settings.isError && (
        <ErrorState
          title={t`The settings could not be loaded`}
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data !== undefined && (
        <div className="flex min-h-10 flex-wrap items-center gap-2 pt-3 text-sm">
          {settings.data.defaultModelSetBy === null ? (
            <>
              <div className="min-w-0 rounded-lg border border-line-strong">
                <ModelPicker
                  value={settings.data.defaultModel}
                  onChange={(choice) => choosing.mutate(choice)}
                />
              </div>
              {settings.data.defaultModel !== null && (
                <Button
                  variant="quiet"
                  busy={choosing.isPending}
                  onClick={() => choosing.mutate(null)}
                >
                  {t`Let Tally choose`}
                </Button>
              )}
            </>
          ) : (
            <p className="text-muted wrap-anywhere">
              {rich`${(
                <span className="font-medium text-ink">{settings.data.defaultModel?.model}</span>
              )} is set by ${settings.data.defaultModelSetBy} in the environment. Change it there.`}
            </p>
          )}
        </div>
      )}
      {choosing.error !== null && (
        <p role="alert" className="pt-2 text-sm text-danger">
          {choosing.error.message}
        </p>
      )}
    </section>
  )
}
