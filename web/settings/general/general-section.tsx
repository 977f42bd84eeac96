import { DefaultModelField } from './default-model-field.tsx'
import { ThemeField } from './theme-field.tsx'

/** Settings for all of Tally. */
export function GeneralSection() {
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">General</h2>
      <div className="divide-y divide-line">
        <DefaultModelField />
        <ThemeField />
      </div>
    </>
  )
}
