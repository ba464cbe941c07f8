/** In place of the decoder of WOFF2 fonts (`vite.config.ts`), which the paper's TrueType fonts have no need of. */

// oxlint-disable-next-line import/no-default-export -- the package that asks for it expects one
export default function decompress(): never {
  throw new Error('WOFF2 fonts cannot be read here')
}
