import decodeQR from 'qr/decode.js'

const SCALE = 4

/** What a camera reads in the picture of a page: squares that are drawn as `Mx yh1v1h-1z`, dark on white. */
export function readPicture(size: number, path: string): string {
  const width = size * SCALE
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let row = 0; row < SCALE; row++)
      for (let column = 0; column < SCALE; column++)
        data.fill(
          0,
          at(width, Number(x) * SCALE + column, Number(y) * SCALE + row),
          at(width, Number(x) * SCALE + column, Number(y) * SCALE + row) + 3,
        )
  return decodeQR({ width, height: width, data })
}

const at = (width: number, x: number, y: number): number => (y * width + x) * 4
