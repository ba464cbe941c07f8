/** True below it: drawn for a PDF only, so that what belongs to the screen (the canvas) need not be made. */
import { createContext } from 'solid-js'

export const OnPaper = createContext(false)
