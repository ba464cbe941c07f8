/** The one way to the sentences of the interface. A further language is a further file like `en.ts`. */
import { en, type Texts } from './en.ts'

export const texts = (): Texts => en
