import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { fileSize } from './tool-file-size.ts'

/** Few answers have files. Its space is kept until it is loaded. */
export const ToolFiles = lazyPart(() => import('./tool-files.tsx'), 'ToolFiles', {
  fallback: ({ files }) => (
    <div className="mx-2.5 mt-1 mb-2 flex flex-wrap gap-1.5">
      {files.map((file, index) => {
        const size = fileSize(file) ?? { width: 200, height: 42 }
        return (
          <span key={index} className="max-w-full border border-transparent">
            <svg
              {...size}
              viewBox={`0 0 ${size.width} ${size.height}`}
              className="h-auto max-w-full"
            />
          </span>
        )
      })}
    </div>
  ),
  failed: NotLoaded,
})
