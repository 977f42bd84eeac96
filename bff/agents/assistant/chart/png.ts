// Writes a picture of pixels as a PNG.
import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const CHANNELS = 3

export interface Pixels {
  width: number
  height: number
  /** Three bytes for each pixel, row by row. */
  rgb: Uint8Array
}

const compress = promisify(deflate)

export async function encodePng({ width, height, rgb }: Pixels): Promise<Buffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for each channel; colours without a palette and without transparency.
  header.set([8, 2, 0, 0, 0], 8)
  const row = width * CHANNELS
  const rows = Buffer.alloc((row + 1) * height)
  for (let y = 0; y < height; y += 1) {
    // Each row begins with its filter; 0 is none.
    rows.set(rgb.subarray(y * row, (y + 1) * row), y * (row + 1) + 1)
  }
  const data = await compress(rows)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
