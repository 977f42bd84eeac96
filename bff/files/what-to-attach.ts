// What a person can do with a file that is not accepted. Its name only chooses the advice: types are told
// by content.
import { t } from '#shared/translate.ts'

const ADVICE: [RegExp, () => string][] = [
  [/\.(docx?|odt|rtf|pages)$/i, () => t`Save the document as a PDF and attach that.`],
  [/\.(pptx?|odp|key)$/i, () => t`Save the slides as a PDF and attach that.`],
  [/\.(xlsx?|ods|numbers)$/i, () => t`Save the sheet as CSV and attach that.`],
  [
    /\.(heic|heif|tiff?|bmp|avif|psd|ico)$/i,
    () => t`Save the image as JPEG or PNG and attach that.`,
  ],
  [/\.(zip|gz|tgz|tar|7z|rar)$/i, () => t`Unpack it and attach the files that matter.`],
  [/\.(mp3|m4a|wav|ogg|flac|mp4|mov|mkv|webm)$/i, () => t`Attach a transcript of it as text.`],
  [
    /\.(txt|md|csv|tsv|json|xml|html?|log|srt)$/i,
    () => t`Save it as text in UTF-8 and attach that.`,
  ],
]

export function whatToAttach(name: string): string {
  const advice = ADVICE.find(([pattern]) => pattern.test(name))?.[1]
  return advice === undefined
    ? t`Tally cannot read this file. It takes PNG, JPEG, GIF and WebP images, PDF, and text in UTF-8, such as code or CSV.`
    : `${t`Tally cannot read this file.`} ${advice()}`
}
