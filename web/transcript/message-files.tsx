import { useState } from 'react'
import type { FilePart } from '#shared/message.ts'
import { FileDialog, FileDownload, FileImage, FileMissing } from './file-views.tsx'

const IMAGE_HEIGHT = 160

/** The files of a message: images, and others to download. */
export function MessageFiles({ files }: { files: readonly FilePart[] }) {
  const [open, setOpen] = useState<FilePart | null>(null)
  const [missing, setMissing] = useState<readonly string[]>([])
  return (
    <div className="mb-1.5 flex max-w-[85%] flex-wrap justify-end gap-1.5">
      {files.map((file, index) => {
        const { width, height, name } = file
        const onMissing = () => setMissing((before) => [...before, file.fileId])
        if (missing.includes(file.fileId)) return <FileMissing key={index} name={name} />
        return width === undefined || height === undefined ? (
          <FileDownload key={index} {...{ file, onMissing }} />
        ) : (
          <FileImage
            key={index}
            {...{ file, onMissing }}
            width={Math.round((IMAGE_HEIGHT * width) / height)}
            height={IMAGE_HEIGHT}
            className="h-40 max-w-full object-contain"
            onOpen={() => setOpen(file)}
          />
        )
      })}
      {open !== null && <FileDialog file={open} onClose={() => setOpen(null)} />}
    </div>
  )
}
