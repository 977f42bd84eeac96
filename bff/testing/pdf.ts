// For tests: small PDFs, one page per text.
import { deflateSync } from 'node:zlib'

export function pdf(...pages: string[]): Uint8Array<ArrayBuffer> {
  return pdfOf(pages.map((text) => Buffer.from(`BT /F1 12 Tf 40 700 Td (${text}) Tj ET`)))
}

/** A page that unpacks to so many bytes of drawing. */
export function pdfBomb(bytes: number): Uint8Array<ArrayBuffer> {
  return pdfOf([deflateSync(Buffer.alloc(bytes, '(x) Tj '))], '/Filter /FlateDecode ')
}

function pdfOf(contents: Buffer[], filter = ''): Uint8Array<ArrayBuffer> {
  const kids = contents.map((_, index) => `${4 + index * 2} 0 R`).join(' ')
  const objects: (string | Buffer)[][] = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    [`<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`],
    ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    ...contents.flatMap((content, index) => [
      [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + index * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      ],
      [`<< ${filter}/Length ${content.length} >>\nstream\n`, content, '\nendstream'],
    ]),
  ]
  const pieces = [Buffer.from('%PDF-1.4\n')]
  const size = () => pieces.reduce((sum, { length }) => sum + length, 0)
  const offsets = objects.map((object, index) => {
    const offset = size()
    const parts = [`${index + 1} 0 obj\n`, ...object, '\nendobj\n']
    pieces.push(...parts.map((part) => Buffer.from(part)))
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  const end = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${size()}\n%%EOF\n`
  return Uint8Array.from(Buffer.concat([...pieces, Buffer.from(end)]))
}
