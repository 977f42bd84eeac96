import { useState } from 'react'
import type { FilePart } from '#shared/message.ts'
import { formatBytes } from '#shared/format-bytes.ts'
import { FileDialog, FileDownload, FileImage, FileMissing } from './file-views.tsx'
import { fileSize } from './tool-file-size.ts'
import { t } from '#shared/translate.ts'

/** The files that a tool has returned: pictures as wide as the text, and others to download. */
export function ToolFiles({ files }: { files: readonly FilePart[] }) {
  const [open, setOpen] = useState<FilePart | null>(null)
  const [missing, setMissing] = useState<readonly string[]>([])
  const addMissing = (id: string) => setMissing((before) => [...before, id])
  return (
    <div className="mx-2.5 mt-1 mb-2 flex flex-wrap items-start gap-1.5">
      {files.map((file, index) => {
        const size = fileSize(file)
        const onMissing = () => addMissing(file.fileId)
        if (missing.includes(file.fileId)) return <FileMissing key={index} name={file.name} />
        return size === null ? (
          <FileDownload key={index} {...{ file, onMissing }} about={typeAndSize(file)} />
        ) : (
          <FileImage
            key={index}
            {...{ file, onMissing, ...size }}
            className="h-auto max-w-full"
            onOpen={() => setOpen(file)}
          />
        )
      })}
      {open !== null && <FileDialog file={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

/** Example: "CSV · 1.2 kB" */
function typeAndSize({ name, mediaType, size }: FilePart): string {
  const ending = /\.(\w{1,5})$/.exec(name)?.[1]?.toUpperCase() ?? t`Text`
  return `${mediaType === 'application/pdf' ? 'PDF' : ending} · ${formatBytes(size)}`
}
