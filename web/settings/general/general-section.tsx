import { DefaultModelField } from './default-model-field.tsx'
import { ThemeField } from './theme-field.tsx'

/** What holds for the whole of Tally, on this screen and in every new chat. */
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
