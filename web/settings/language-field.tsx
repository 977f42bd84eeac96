import { useMutation, useQuery } from '@tanstack/react-query'
import { LanguageSetting } from '#shared/provider-settings.ts'
import { LANGUAGES, t } from '#shared/translate.ts'
import { appSettingsQuery, changeSettings } from '../api/providers.ts'
import { Skeleton } from '../ui/skeleton.tsx'

/** In its own language, so that it is found in any other. */
const NAMES = { en: 'English', de: 'Deutsch' }

/** The page exists once per language, so it is loaded again. */
export function LanguageField() {
  const { data: settings } = useQuery(appSettingsQuery())
  const choosing = useMutation({
    mutationFn: (language: LanguageSetting) => changeSettings({ language }),
    onSuccess: () => location.reload(),
  })
  return (
    <div className="py-5">
      <h3>
        <label htmlFor="language" className="font-medium">
          {t`Language`}
        </label>
      </h3>
      <p id="language-hint" className="max-w-prose pt-0.5 pb-3 text-sm text-muted">
        {t`Of these pages and of what the server says. Models answer in the language that you write in.`}
      </p>
      {settings === undefined ? (
        <Skeleton className="h-10 w-56" />
      ) : (
        <select
          id="language"
          aria-describedby="language-hint"
          className="h-10 w-56 max-w-full rounded-lg border border-line-strong bg-canvas px-2 text-sm pointer-coarse:h-11"
          value={choosing.variables ?? settings.language}
          disabled={choosing.isPending}
          onChange={({ target }) => choosing.mutate(LanguageSetting.parse(target.value))}
        >
          <option value="auto">{t`As the browser prefers`}</option>
          {LANGUAGES.map((name) => (
            <option key={name} value={name} lang={name}>
              {NAMES[name]}
            </option>
          ))}
        </select>
      )}
      {choosing.error !== null && (
        <p role="alert" className="pt-2 text-sm text-danger">
          {choosing.error.message}
        </p>
      )}
    </div>
  )
}
