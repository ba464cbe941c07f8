/** What the build puts in (`scripts/buildStamp.mjs`, `vite.config.ts`). Undefined in unit tests. */
interface ImportMetaEnv {
  /** Version of package.json, such as "0.1.0". */
  readonly BASALT_VERSION: string | undefined
  /** First 12 hex digits of a hash over everything the build is made from: the same sources, the same build. */
  readonly BASALT_BUILD: string | undefined
}
