// What a person can do with a file that is not accepted. Its name only chooses the advice: types are told
// by content.
const ADVICE: [RegExp, string][] = [
  [/\.(docx?|odt|rtf|pages)$/i, 'Save the document as a PDF and attach that.'],
  [/\.(pptx?|odp|key)$/i, 'Save the slides as a PDF and attach that.'],
  [/\.(xlsx?|ods|numbers)$/i, 'Save the sheet as CSV and attach that.'],
  [/\.(heic|heif|tiff?|bmp|avif|psd|ico)$/i, 'Save the image as JPEG or PNG and attach that.'],
  [/\.(zip|gz|tgz|tar|7z|rar)$/i, 'Unpack it and attach the files that matter.'],
  [/\.(mp3|m4a|wav|ogg|flac|mp4|mov|mkv|webm)$/i, 'Attach a transcript of it as text.'],
  [/\.(txt|md|csv|tsv|json|xml|html?|log|srt)$/i, 'Save it as text in UTF-8 and attach that.'],
]

const ACCEPTED = 'PNG, JPEG, GIF and WebP images, PDF, and text in UTF-8, such as code or CSV'

export function whatToAttach(name: string): string {
  const advice = ADVICE.find(([pattern]) => pattern.test(name))?.[1]
  return advice === undefined
    ? `Tally cannot read this file. It takes ${ACCEPTED}.`
    : `Tally cannot read this file. ${advice}`
}
